package org.meridian.core.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Server;

/** Where there is no machine that stays, no service is kept on one. */
final class NoAccessories implements Accessories {
    @Override
    public Optional<Server> place() {
        return Optional.empty();
    }

    @Override
    public List<Accessory> list(Server place) {
        return List.of();
    }

    @Override
    public void restart(Server place, String service, Duration within) {
        throw none();
    }

    @Override
    public void replace(Server place, Installation installation, String service, Duration within) {
        throw none();
    }

    @Override
    public List<String> remove(Server place, String service) {
        throw none();
    }

    @Override
    public String backUp(Server place, String service, OpenBackup backup, Duration within) {
        throw none();
    }

    @Override
    public void schedule(Server place, Map<String, OpenBackup> backups) {
        throw none();
    }

    @Override
    public List<String> backups(Server place, String service, OpenBackup backup) {
        throw none();
    }

    @Override
    public String restore(Server place, String service, OpenBackup backup, Optional<String> name, Duration within) {
        throw none();
    }

    private static IllegalStateException none() {
        return new IllegalStateException("there is no place for a service to be kept");
    }
}
