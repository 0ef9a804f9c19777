package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.Server;
import org.meridian.core.operation.ServicesReport.KeptRow;
import org.meridian.core.operation.ServicesReport.Unasked;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.Accessories.Accessory;

/** What the machine of the services that keep data says of them. */
final class KeptServices {
    private static final String MISSING = "missing";

    /** Of a container that was never started, the engine tells this (Go's zero time). */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private final App app;
    private final Accessories accessories;
    private final Instant now;
    private volatile List<KeptRow> rows = List.of();
    private volatile Optional<Unasked> unasked = Optional.empty();

    KeptServices(App app, Accessories accessories, Instant now) {
        this.app = requireNonNull(app, "app is null");
        this.accessories = requireNonNull(accessories, "accessories is null");
        this.now = requireNonNull(now, "now is null");
    }

    /** Asks once; an app that has no such machine has nobody to be asked. */
    void ask() throws InterruptedException {
        Optional<Server> place = accessories.place();
        if (place.isEmpty()) {
            return;
        }
        Server machine = place.get();
        try {
            rows = rows(machine, accessories.list(machine));
        } catch (Failure e) {
            if (!wanted().isEmpty()) {
                unasked = Optional.of(new Unasked(
                        machine.region(), named(machine), e.diagnostic().summary()));
            }
        }
    }

    List<KeptRow> rows() {
        return rows;
    }

    /** The machine, where it could not be asked and the Compose file has something for it. */
    Optional<Unasked> unasked() {
        return unasked;
    }

    private Set<String> wanted() {
        return app.compose().kept().services().keySet();
    }

    private List<KeptRow> rows(Server machine, List<Accessory> there) {
        Set<String> missing = new TreeSet<>(wanted());
        missing.removeAll(there.stream().map(Accessory::name).collect(Collectors.toSet()));
        List<KeptRow> all = new ArrayList<>();
        there.forEach(one -> all.add(new KeptRow(
                one.name(),
                machine.region(),
                named(machine),
                one.state(),
                time(one.since()),
                one.data(),
                backups(one))));
        missing.forEach(name -> all.add(new KeptRow(
                name, machine.region(), named(machine), MISSING, Optional.empty(), List.of(), SeenBackups.NONE)));
        return all;
    }

    private SeenBackups backups(Accessory one) {
        Optional<KeptService> wanted =
                Optional.ofNullable(app.compose().kept().services().get(one.name()));
        return SeenAccessory.of(one, wanted, now).backups();
    }

    private static String named(Server machine) {
        return machine.machine().name().value();
    }

    private static Optional<Instant> time(String written) {
        try {
            return Optional.of(Instant.parse(written)).filter(time -> !time.equals(NEVER));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
