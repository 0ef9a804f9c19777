package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.FleetDriver.Preview;
import org.meridian.core.spi.MachineProvider;
import org.meridian.core.spi.Tasks;

/** Machines that Terraform makes: each region has its own root module and state, and fails alone. */
public final class TerraformMachines implements MachineProvider {
    private final FleetProvider provider;
    private final Map<RegionName, Region> regions = new LinkedHashMap<>();
    private final Map<RegionName, RegionModule> modules;
    private final MachineMaterial material;
    private final Terraform terraform;
    private final Tasks tasks;

    /**
     * The machines of one provider.
     *
     * @param provider  the provider
     * @param regions   the app's regions; those of other providers are left alone
     * @param modules   what the configuration says about regions' modules; the provider's own where it says nothing
     * @param material  what machines are made with
     * @param terraform how Terraform is run; one for all providers, which share the memory that there is
     * @param tasks     for looking at several regions at once
     */
    public TerraformMachines(
            FleetProvider provider,
            Collection<Region> regions,
            Map<RegionName, RegionModule> modules,
            MachineMaterial material,
            Terraform terraform,
            Tasks tasks) {
        this.provider = requireNonNull(provider, "provider is null");
        this.modules = Map.copyOf(modules);
        this.material = requireNonNull(material, "material is null");
        this.terraform = requireNonNull(terraform, "terraform is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        regions.stream()
                .filter(region -> region.provider().equals(provider.word()))
                .forEach(region -> this.regions.put(region.name(), region));
    }

    @Override
    public String provider() {
        return provider.word();
    }

    @Override
    public List<Found> observe() throws InterruptedException {
        var machines = new ConcurrentLinkedQueue<Found>();
        tasks.forEach(
                known(), region -> machines.addAll(machines(region).state().machines()));
        return List.copyOf(machines);
    }

    @Override
    public List<Found> observe(RegionName name) throws InterruptedException {
        for (Region region : known()) {
            if (region.name().equals(name)) {
                return machines(region).state().machines();
            }
        }
        return List.of();
    }

    @Override
    public void converge(Region region, List<MachineSpec> wanted) throws InterruptedException {
        machines(region).converge(wanted);
    }

    @Override
    public Optional<Preview> preview(Region region, List<MachineSpec> wanted) throws InterruptedException {
        return Optional.of(machines(region).preview(wanted));
    }

    @Override
    public List<String> staying() throws InterruptedException {
        Map<RegionName, String> staying = new ConcurrentSkipListMap<>();
        tasks.forEach(known(), region -> {
            String things = machines(region).state().besides();
            if (!things.isEmpty()) {
                staying.put(region.name(), provider() + " " + region.name() + ": " + things);
            }
        });
        return List.copyOf(staying.values());
    }

    @Override
    public void destroyAll() throws InterruptedException {
        tasks.forEach(known(), region -> machines(region).destroy());
    }

    private RegionMachines machines(Region region) {
        RegionModule module = modules.getOrDefault(region.name(), RegionModule.BUNDLED);
        return new RegionMachines(provider, region, regions.containsKey(region.name()), module, material, terraform);
    }

    /** The regions of the configuration, and those that left it and still have a directory here. */
    private List<Region> known() {
        Map<RegionName, Region> known = new LinkedHashMap<>(regions);
        try (Stream<Path> directories =
                Files.list(terraform.settings().directory().path())) {
            directories
                    .map(path -> String.valueOf(path.getFileName()))
                    .flatMap(name -> former(name).stream())
                    .forEach(region -> known.putIfAbsent(region.name(), region));
        } catch (NoSuchFileException e) {
            // Nothing was ever made here.
        } catch (IOException e) {
            throw TerraformFailures.files(terraform.settings().directory().path(), e);
        }
        return List.copyOf(known.values());
    }

    private Optional<Region> former(String name) {
        RegionName region;
        try {
            region = new RegionName(name);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return terraform
                .providerOf(region)
                .filter(provider.word()::equals)
                .map(word -> new Region(region, word, "unknown", 1, Optional.empty(), List.of(), Map.of(), List.of()));
    }

    /** A region whose servers another provider made. */
    static Failure otherProvider(RegionName region, String made, String configured) {
        return Failure.usage(Diagnostic.of(
                "other-provider",
                "regions." + region + " has the provider " + configured + ", and its servers were made by " + made,
                "Give the new region another name, deploy, and take the old one out; or write " + made + " again."));
    }
}
