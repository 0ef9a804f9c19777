package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.Redaction;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.ServerAccess.Invocation;
import org.meridian.core.spi.ServerAccess.RemoteProcess;

/** Runs commands by hand in the app's containers; each is in the audit log before it begins. */
public final class Exec {
    private final Workspace workspace;
    private final ServerAccess access;
    private final KnownSecrets secrets;
    private final AtomicBoolean told = new AtomicBoolean();

    /** Runs them in this workspace; secrets are known for where they are masked. */
    public Exec(Workspace workspace, ServerAccess access, KnownSecrets secrets) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /**
     * Where the command would run: the one server that is meant, which takes traffic unless it is named, or all that take
     * traffic. Throws a Failure of kind USAGE when there is no such server or service.
     */
    public List<Server> places(ExecRequest request, boolean all) throws InterruptedException {
        Observation observed = workspace.observe();
        ServerChoice choice = new ServerChoice(workspace);
        List<Server> meant = choice.among(observed.servers(), request.region(), request.server());
        request.service().ifPresent(service -> choice.requireService(service, meant));
        List<Server> current = request.server().isPresent() ? meant : ServerChoice.current(observed, meant);
        return all ? current : List.of(one(request, current.isEmpty() ? meant : current));
    }

    private Server one(ExecRequest request, List<Server> servers) {
        Optional<RegionName> region =
                request.region().or(() -> Optional.of(workspace.app().primary()));
        return servers.stream()
                .filter(server -> region.filter(server.region()::equals).isPresent())
                .findFirst()
                .orElse(servers.getFirst());
    }

    /** Writes into the audit log that the command begins in these places. */
    public void record(ExecRequest request, List<Server> places) {
        new Audit(workspace)
                .write(
                        request.kind().word(),
                        places.stream().map(Server::name).toList(),
                        service(request) + ": " + String.join(" ", request.command()));
    }

    /** Starts the command in a place; to be closed. {@link #record} comes first. */
    public RemoteProcess start(ExecRequest request, Server place) throws InterruptedException {
        Redaction redaction = request.masked() ? secrets.redaction() : Redaction.NONE;
        RemoteProcess process = access.start(
                place,
                new Invocation(
                        place.release(),
                        service(request),
                        request.command(),
                        request.kind().fresh(),
                        request.terminal()));
        return new MaskedProcess(process, redaction, this::tellOnce);
    }

    /** Data, such as a database's dump, is another one then. */
    private void tellOnce() {
        if (told.compareAndSet(false, true)) {
            workspace.note("A secret was masked in the output; with --raw it comes as the command writes it.");
        }
    }

    private String service(ExecRequest request) {
        return request.service().orElse(workspace.app().serve().service());
    }
}
