package org.meridian.cli;

import java.nio.file.Path;
import java.util.List;
import org.meridian.config.Configuration;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.envfile.EnvFileSecrets;
import org.meridian.drivers.envfile.HiddenFiles;
import org.meridian.drivers.secretcommand.CommandSecrets;
import org.meridian.drivers.secretsmanager.SecretsManagerSecrets;
import org.meridian.drivers.vault.VaultSecrets;

/** Every store of secrets that a reference can name. Nothing is connected to before it is asked. */
final class SecretStores {
    private SecretStores() {}

    static List<SecretStore> of(Configuration configuration, LocalProcesses processes) {
        return List.of(
                new EnvFileSecrets(configuration.directory()),
                new HiddenFiles(configuration.top()),
                new SecretsManagerSecrets(),
                new CommandSecrets(configuration.directory(), processes),
                new VaultSecrets(System.getenv(), Path.of(System.getProperty("user.home"))));
    }
}
