package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.spi.FleetDriver.Preview;

/** What the providers' own tools say of a plan, for each region that gets servers or loses some for good. */
public final class ProviderPlans {
    private final Workspace workspace;

    /** Asks the providers of this workspace. */
    public ProviderPlans(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** What they say, in the order of the plan; a region whose provider has no such tool is left out. */
    public List<RegionPreview> of(Plan plan) throws InterruptedException {
        var found = new ConcurrentLinkedQueue<RegionPreview>();
        List<RegionPlan> regions = plan.regions().stream()
                .filter(region ->
                        !region.toPrepare().isEmpty() || !region.surplus().isEmpty())
                .toList();
        workspace.world().tasks().forEach(regions, region -> preview(region).ifPresent(found::add));
        return found.stream()
                .sorted(Comparator.comparing(preview -> order(plan, preview.region())))
                .toList();
    }

    private static int order(Plan plan, RegionName region) {
        return plan.regions().stream().map(RegionPlan::name).toList().indexOf(region);
    }

    /** One region's problem is told beside what the others say. */
    private Optional<RegionPreview> preview(RegionPlan region) throws InterruptedException {
        try {
            Fleets fleets = workspace.world().fleets();
            return fleets.preview(region.region(), wanted(fleets, region))
                    .map(preview -> new RegionPreview(region.name(), Optional.of(preview), Optional.empty()));
        } catch (Failure e) {
            return Optional.of(new RegionPreview(region.name(), Optional.empty(), Optional.of(e)));
        }
    }

    /** The new fleet beside all that stays while it is made. */
    private static List<ServerSpec> wanted(Fleets fleets, RegionPlan region) throws InterruptedException {
        List<ServerSpec> wanted = new ArrayList<>(region.wanted());
        for (Server server : fleets.observe(region.region()).servers()) {
            if (!region.belongs(server.name()) && !region.superseded().contains(server)) {
                wanted.add(ServerSpec.of(server));
            }
        }
        return wanted;
    }

    /**
     * What a region's provider says.
     *
     * @param region  the region
     * @param preview what would change; empty when that could not be told
     * @param failure why it could not be told
     */
    public record RegionPreview(RegionName region, Optional<Preview> preview, Optional<Failure> failure) {
        /** Checks that no part is null. */
        public RegionPreview {
            requireNonNull(region, "region is null");
            requireNonNull(preview, "preview is null");
            requireNonNull(failure, "failure is null");
        }
    }
}
