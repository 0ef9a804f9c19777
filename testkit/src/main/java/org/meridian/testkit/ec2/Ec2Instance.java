package org.meridian.testkit.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** An instance; as in EC2 it is pending until its machine has started, and RunInstances does not wait for that. */
final class Ec2Instance {
    /** How the ID of a disk begins. */
    static final String VOLUME = "vol-";

    private final Map<String, String> volumeTags = new TreeMap<>();
    final String id;
    final String userData;
    final Map<String, String> tags;
    private final String type;
    private final Place place;
    private final String key;
    final List<String> groups;
    private volatile State state = State.PENDING;
    private volatile String address = "";
    private volatile String reason = "";
    private CompletableFuture<Void> booting = CompletableFuture.completedFuture(null);

    /** One that was asked for; the user data as the API has it. */
    Ec2Instance(
            String id,
            String type,
            Place place,
            String key,
            List<String> groups,
            String userData,
            Map<String, String> tags) {
        this.id = id;
        this.type = type;
        this.place = place;
        this.key = key;
        this.groups = groups;
        this.userData = userData;
        this.tags = tags;
    }

    /** Starts its machine; one that does not start ends the instance, as EC2 does. */
    void boot(Machines machines) {
        booting = CompletableFuture.runAsync(
                () -> {
                    try {
                        address = machines.start(id, Machines.decoded(userData));
                        state = State.RUNNING;
                    } catch (RuntimeException e) {
                        reason = String.valueOf(e.getMessage());
                        state = State.TERMINATED;
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Ends its machine, after it has started. */
    void terminate(Machines machines) {
        booting.join();
        machines.terminate(id);
        state = State.TERMINATED;
    }

    void stop() {
        state = State.STOPPED;
    }

    boolean terminated() {
        return state == State.TERMINATED;
    }

    /** The ID of its disk. */
    String volume() {
        return VOLUME + id.substring(2);
    }

    /** The tags of its disk; to be changed. */
    Map<String, String> volumeTags() {
        return volumeTags;
    }

    Xml xml() {
        List<Xml> parts = new ArrayList<>(List.of(
                Xml.text("instanceId", id),
                Xml.text("imageId", Ec2Instances.IMAGE),
                Xml.of("instanceState", Xml.text("code", state.code), Xml.text("name", state.word())),
                Xml.of(
                        "stateReason",
                        Xml.text("code", reason.isEmpty() ? "" : "Server.InternalError"),
                        Xml.text("message", reason)),
                Xml.text("instanceType", type),
                Xml.text("keyName", key),
                Xml.text("launchTime", "2026-01-01T00:00:00.000Z"),
                Xml.of("placement", Xml.text("availabilityZone", place.zone), Xml.text("tenancy", "default")),
                Xml.of("monitoring", Xml.text("state", "disabled")),
                Xml.text("subnetId", place.subnet),
                Xml.text("vpcId", place.vpc),
                Xml.text("privateIpAddress", address),
                Xml.text("ipAddress", address),
                Xml.text("sourceDestCheck", "true"),
                Xml.text("architecture", "x86_64"),
                Xml.text("rootDeviceType", "ebs"),
                Xml.text("rootDeviceName", "/dev/xvda"),
                Xml.text("ebsOptimized", "false"),
                Xml.set("groupSet", groups.stream(), group -> Xml.of("g", Xml.text("groupId", group)))));
        parts.add(Xml.of(
                "blockDeviceMapping",
                Xml.of(
                        "item",
                        Xml.text("deviceName", "/dev/xvda"),
                        Xml.of(
                                "ebs",
                                Xml.text("volumeId", volume()),
                                Xml.text("status", "attached"),
                                Xml.text("deleteOnTermination", "true")))));
        parts.add(Xml.of(
                "metadataOptions",
                Xml.text("state", "applied"),
                Xml.text("httpTokens", "required"),
                Xml.text("httpEndpoint", "enabled"),
                Xml.text("httpPutResponseHopLimit", "1"),
                Xml.text("httpProtocolIpv6", "disabled"),
                Xml.text("instanceMetadataTags", "disabled")));
        parts.add(Tags.xml(tags));
        return Xml.of("instance", parts);
    }

    /** Where it is. */
    record Place(String vpc, String subnet, String zone) {}

    /** The codes are those of the API (InstanceState). */
    private enum State {
        PENDING(0),
        RUNNING(16),
        TERMINATED(48),
        STOPPED(80);

        private final int code;

        State(int code) {
            this.code = code;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
