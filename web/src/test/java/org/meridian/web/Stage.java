package org.meridian.web;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.meridian.core.event.EventSink;
import org.meridian.core.model.App;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.Secret;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.Workspace;
import org.meridian.testkit.simulation.SimulatedApps;
import org.meridian.web.security.Role;
import org.meridian.web.security.Tokens;

/** A dashboard on a free port over a live simulation. */
final class Stage implements AutoCloseable {
    static final String OPERATOR = "o".repeat(43);
    static final String VIEWER = "r".repeat(43);
    private static final int SPEED = 20;

    final LiveSimulation simulation;
    final FakeAccess access = new FakeAccess(2);
    final Workspace workspace;
    final Dashboard dashboard;

    private Stage(App app, boolean reachable, UnaryOperator<DashboardSettings> change) throws Exception {
        this(app, reachable, change, Places.Limits.USUAL);
    }

    private Stage(App app, boolean reachable, UnaryOperator<DashboardSettings> change, Places.Limits limits)
            throws Exception {
        simulation = new LiveSimulation(app, 1, SPEED);
        EventSink nobody = event -> {};
        workspace = simulation.workspace("ops@lab-1 (pid 4711)", nobody);
        dashboard = Dashboard.start(
                change.apply(settings()),
                new DashboardSources(
                        workspace,
                        reachable ? Optional.of(access) : Optional.empty(),
                        Optional.of(new ReadServices(workspace, FakeServices::look, FakeServices.KEPT)),
                        "0.1.0"),
                limits);
    }

    /** Three regions with two servers each, in which nothing was deployed yet. */
    static Stage empty() throws Exception {
        return new Stage(SimulatedApps.threeRegions(2), true, settings -> settings);
    }

    /** The same with r1 everywhere. */
    static Stage withFirstRelease() throws Exception {
        Stage stage = empty();
        var unused = stage.simulation.deploy(1);
        return stage;
    }

    /** One that has a worker, and jobs of which one has failed and one runs, with r1 everywhere. */
    static Stage withServices() throws Exception {
        Stage stage = new Stage(
                SimulatedApps.threeRegions(2).working(Optional.empty(), FakeServices.DUTIES),
                true,
                settings -> settings);
        var unused = stage.simulation.deploy(1);
        return stage;
    }

    /** One whose servers can't be looked into. */
    static Stage withoutAccess() throws Exception {
        return new Stage(SimulatedApps.threeRegions(2), false, settings -> settings);
    }

    /** One that listens otherwise. */
    static Stage with(UnaryOperator<DashboardSettings> change) throws Exception {
        return new Stage(SimulatedApps.threeRegions(2), true, change);
    }

    /** One whose guests get so much. */
    static Stage with(Places.Limits limits) throws Exception {
        return new Stage(SimulatedApps.threeRegions(2), true, settings -> settings, limits);
    }

    static DashboardSettings settings() {
        return new DashboardSettings(
                InetAddress.getLoopbackAddress(),
                0,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Role.OPERATOR,
                new Tokens(Secret.of(OPERATOR), Optional.of(Secret.of(VIEWER))));
    }

    /** What the audit log says was done, newest first. */
    List<String> actions() {
        return workspace.state().audit(100).stream().map(AuditEntry::action).toList();
    }

    Client client(String token) {
        return new Client(address(), token);
    }

    URI address() {
        return dashboard.address();
    }

    @Override
    public void close() {
        dashboard.close();
        simulation.close();
    }
}
