package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.StoreMark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A machine as Terraform was asked for it; the state keeps this, so that a later run asks for the same again.
 *
 * @param spec       what it is for
 * @param size       the provider's name for its size; empty for the module's default
 * @param port       the port on which it answers requests
 * @param generation changes when it has to be made again under its name
 * @param hostKey    the public SSH host key that it is born with
 * @param store      the state that it was made from; empty where it has no such tag
 */
record AskedMachine(
        MachineSpec spec,
        Optional<String> size,
        int port,
        String generation,
        String hostKey,
        Optional<StoreMark> store) {
    AskedMachine {
        requireNonNull(spec, "spec is null");
        requireNonNull(size, "size is null");
        requireNonNull(generation, "generation is null");
        requireNonNull(hostKey, "hostKey is null");
        requireNonNull(store, "store is null");
    }

    MachineName name() {
        return spec.name();
    }

    /** Writes what the module's contract has, and what {@link #read} needs, into an object. */
    void write(ObjectNode json, String app, String region) {
        size.ifPresentOrElse(text -> json.put("size", text), () -> json.putNull("size"));
        json.putNull("image");
        json.put("port", port);
        json.put("generation", generation);
        json.put("host_key", hostKey);
        ObjectNode tags = json.putObject("tags");
        tags.put("meridian-app", app);
        tags.put("meridian-region", region);
        if (spec.lifetime() instanceof MachineSpec.Lifetime.Release(ReleaseId release, String revision)) {
            tags.put("meridian-release", release.toString());
            tags.put("meridian-revision", revision);
        }
        tags.put("meridian-server", spec.name().value());
        store.ifPresent(mark -> {
            tags.put("meridian-store", mark.store().toString());
            // Not every cloud takes an @ or a dot in a tag.
            tags.put("meridian-store-maker", mark.maker().replaceAll("[^A-Za-z0-9_-]", "-"));
        });
    }

    /** Reads what {@link #write} wrote. */
    static AskedMachine read(String name, JsonNode json) {
        JsonNode tags = json.path("tags");
        return new AskedMachine(
                spec(new MachineName(new ServerName(name).value()), tags),
                json.path("size").isString() ? Optional.of(json.path("size").asString()) : Optional.empty(),
                json.path("port").asInt(0),
                json.path("generation").asString(""),
                json.path("host_key").asString(""),
                StoreMark.parse(
                        tags.path("meridian-store").asString(""),
                        tags.path("meridian-store-maker").asString("")));
    }

    private static MachineSpec spec(MachineName name, JsonNode tags) {
        return tags.has("meridian-release")
                ? new MachineSpec(
                        name,
                        new MachineSpec.Lifetime.Release(
                                ReleaseId.parse(tags.path("meridian-release").asString("")),
                                tags.path("meridian-revision").asString("")))
                : MachineSpec.staying(name);
    }
}
