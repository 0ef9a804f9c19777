import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.Secret;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.testkit.simulation.Shape;
import org.meridian.testkit.simulation.SimulatedApps;
import org.meridian.testkit.simulation.SimulatedWorld;
import org.meridian.web.Dashboard;
import org.meridian.web.DashboardSettings;
import org.meridian.web.DashboardSources;
import org.meridian.web.security.Role;
import org.meridian.web.security.Tokens;

/**
 * The dashboard over simulated servers in ten regions, to which the simulation deployed a release before.
 *
 * <p>Arguments: a directory, servers, containers on each. Writes the address with a token in it to the directory's {@code link},
 * and what the simulation itself costs to {@code simulation}: microseconds of a core for what is asked of it in a second. Ends with
 * its standard input.
 */
final class DashboardServer {
    private static final List<String> PLACES = List.of(
            "eu-west-1", "us-east-1", "us-west-2", "sa-east-1", "af-south-1",
            "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "eu-north-1");
    private static final String TOKEN = "b".repeat(43);

    private DashboardServer() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        App app = app(Integer.parseInt(arguments[1]));
        DashboardPorts ports = deployed(app, Integer.parseInt(arguments[2]));
        Dashboard dashboard = Dashboard.start(
                new DashboardSettings(
                        InetAddress.getLoopbackAddress(),
                        0,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Role.OPERATOR,
                        new Tokens(Secret.of(TOKEN), Optional.empty())),
                new DashboardSources(ports.workspace(), Optional.of(ports), "bench"));
        write(directory.resolve("simulation"), Long.toString(ports.microsASecond()));
        write(directory.resolve("link"), dashboard.address() + "/#token=" + TOKEN);
        System.in.transferTo(System.out);
        dashboard.close();
    }

    /** A simulation knows one thread only, which has to be virtual, as its others are. */
    private static DashboardPorts deployed(App app, int containers) throws Exception {
        CompletableFuture<DashboardPorts> ports = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                ports.complete(DashboardPorts.of(deployed(new SimulatedWorld(app, 1)), containers));
            } catch (Exception e) {
                ports.completeExceptionally(e);
            }
        });
        thread.join();
        return ports.get();
    }

    private static SimulatedWorld deployed(SimulatedWorld world) throws Exception {
        world.publish(1);
        Receipt receipt = new Deploy(world.workspace())
                .run(new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), false), plan -> true);
        if (receipt.outcome() != Receipt.Outcome.DEPLOYED) {
            throw new IllegalStateException("not deployed: " + receipt);
        }
        return world;
    }

    private static App app(int servers) {
        Shape three = Shape.threeRegions(1);
        App app = new Shape(
                        Collections.nCopies(PLACES.size(), servers / PLACES.size()),
                        three.together(),
                        three.canary(),
                        three.onFailure(),
                        three.watch(),
                        three.drain(),
                        three.keepPrevious(),
                        three.beforeShift(),
                        three.approve())
                .app();
        List<Region> placed = IntStream.range(0, PLACES.size())
                .mapToObj(i -> placed(app.regions().get(i), PLACES.get(i)))
                .toList();
        return new App(
                app.name(), app.compose(), app.image(), SimulatedApps.EU, placed, app.env(), app.serve(), app.beforeShift(),
                app.rollout(), app.traffic(), app.probe());
    }

    private static Region placed(Region region, String place) {
        return new Region(
                region.name(), region.provider(), place, region.servers(), region.size(), region.networks(), region.env(),
                region.secrets());
    }

    private static void write(Path file, String text) throws Exception {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
