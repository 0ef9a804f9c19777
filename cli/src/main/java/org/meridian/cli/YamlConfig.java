package org.meridian.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.Configuration;
import org.meridian.config.ConfigurationLoader;
import org.meridian.config.ConfigurationSchema;
import org.meridian.config.Initializer;
import org.meridian.config.SecretReference;
import org.meridian.config.ServerCounts;
import org.meridian.config.Starter;
import org.meridian.config.StateLocation;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.ReadSecrets;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.ssh.GivenDeployKey;

/** Reads configuration files with the config module. */
final class YamlConfig implements ConfigFiles {
    @Override
    public App load(Path file) {
        return new ConfigurationLoader().load(file).app();
    }

    @Override
    public void requireReleasable(Path file) {
        var unused = new ConfigurationLoader().load(file).requireReleasable();
    }

    @Override
    public Path local(Path file) {
        return new ConfigurationLoader().load(file).local();
    }

    @Override
    public Optional<StateStore> state(Path file) {
        Configuration loaded = new ConfigurationLoader().load(file);
        return Optional.of(StateStores.open(loaded.state(), loaded.app().name()));
    }

    @Override
    public Optional<Diagnostic> unsharedState(Path file) {
        return UnsharedState.problem(new ConfigurationLoader().load(file));
    }

    @Override
    public Optional<String> deployKey(Path file) {
        return new ConfigurationLoader().load(file).deployKey().map(SecretReference::text);
    }

    @Override
    public Optional<String> publicDeployKey(Path file) {
        Configuration loaded = new ConfigurationLoader().load(file);
        return loaded.deployKey()
                .map(new DeployKeys(SecretStores.of(loaded, new LocalProcesses()))::of)
                .map(GivenDeployKey::publicKey);
    }

    @Override
    public void requireShared(Path file) {
        if (new ConfigurationLoader().load(file).state() instanceof StateLocation.Directory directory) {
            throw Failure.usage(Diagnostic.of(
                    "state-not-shared",
                    "releases, history and the lock are in " + directory.path()
                            + ", which a machine of continuous integration forgets",
                    "Set 'state: postgresql://...' or 'state: s3://...' in " + file + " (docs/state.md)."));
        }
    }

    @Override
    public Optional<SecretsReport> secrets(Path file) throws InterruptedException {
        Configuration loaded = new ConfigurationLoader().load(file);
        return Optional.of(
                new ReadSecrets(loaded.app(), SecretStores.of(loaded, new LocalProcesses()), new VirtualThreads())
                        .run());
    }

    @Override
    public List<String> proxyAddresses(Path file) throws InterruptedException {
        return Wiring.proxyAddresses(file);
    }

    @Override
    public Optional<Reach> reach(Path file) throws InterruptedException {
        return Optional.of(Wiring.reach(file));
    }

    @Override
    public List<SeenAccessory> dataServices(Path file) throws InterruptedException {
        return Wiring.dataServices(file);
    }

    @Override
    public Counts counts(Path file, Map<RegionName, Integer> servers) {
        ServerCounts counts = ServerCounts.in(file, servers);
        return new Counts(counts.configuration().app(), counts);
    }

    @Override
    public String schema() {
        return ConfigurationSchema.json();
    }

    @Override
    public Starter starter(Path file) {
        return new Initializer(file).propose();
    }
}
