package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.operation.ReadSecrets;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.Workspace;
import org.meridian.web.world.RegionView;
import org.meridian.web.world.WorldView;
import org.meridian.web.world.WorldWatch;

/** Releases, the names of secrets, and the audit log. */
public final class ReleasesApi {
    private static final int MOST = 500;

    private final Workspace workspace;
    private final WorldWatch watch;

    /** Of that workspace. */
    public ReleasesApi(Workspace workspace, WorldWatch watch) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** Every release, newest first. */
    public void releases(Context context) throws InterruptedException {
        WorldView world = watch.glance(WorldApi.PATIENCE).view();
        JsonAnswers.write(
                context,
                workspace.state().releases().reversed().stream()
                        .map(release -> ReleaseJson.of(release, world))
                        .toList());
    }

    /** What regions' secrets are called and where they are from, and no value. */
    public void secrets(Context context) throws InterruptedException {
        SecretsReport report = new ReadSecrets(
                        workspace.app(), workspace.secrets(), workspace.world().tasks())
                .run();
        JsonAnswers.write(
                context,
                new SecretsJson(
                        report.regions().stream().map(RegionSecrets::of).toList(),
                        report.differences().stream().map(Difference::of).toList()));
    }

    /** Who did what, newest first. */
    public void audit(Context context) {
        JsonAnswers.write(
                context, workspace.state().audit(MOST).stream().map(Entry::of).toList());
    }

    private record ReleaseJson(
            String id, String image, Instant createdAt, String revision, boolean serving, boolean kept) {
        static ReleaseJson of(Release release, WorldView world) {
            String id = release.id().toString();
            boolean serving = world.regions().stream()
                    .flatMap(region -> region.weights().stream())
                    .map(RegionView.Share::release)
                    .anyMatch(id::equals);
            boolean kept =
                    world.kept().map(WorldView.Kept::release).filter(id::equals).isPresent();
            return new ReleaseJson(id, release.label(), release.createdAt(), release.revision(), serving, kept);
        }
    }

    private record SecretsJson(List<RegionSecrets> regions, List<Difference> differences) {}

    private record RegionSecrets(String region, List<Named> secrets, List<String> missing) {
        static RegionSecrets of(SecretsReport.InRegion region) {
            return new RegionSecrets(
                    region.region().value(),
                    region.names().stream()
                            .map(named -> new Named(
                                    named.name(),
                                    named.from().reference(),
                                    named.from().version()))
                            .toList(),
                    region.missing());
        }
    }

    private record Named(String name, String source, String version) {}

    private record Difference(String name, List<List<String>> alike, List<String> without) {
        static Difference of(SecretsReport.Difference difference) {
            return new Difference(
                    difference.name(),
                    difference.alike().stream().map(Difference::names).toList(),
                    names(difference.without()));
        }

        private static List<String> names(List<RegionName> regions) {
            return regions.stream().map(RegionName::value).toList();
        }
    }

    private record Entry(Instant at, String who, String action, List<String> where, String what) {
        static Entry of(AuditEntry entry) {
            return new Entry(entry.at(), entry.who(), entry.action(), entry.where(), entry.what());
        }
    }
}
