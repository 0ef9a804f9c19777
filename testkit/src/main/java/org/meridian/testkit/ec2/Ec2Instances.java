package org.meridian.testkit.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Images, key pairs and instances. */
final class Ec2Instances {
    static final String IMAGE = "ami-00000001";
    private static final int LONGEST_USER_DATA = 16 * 1024;
    private static final List<String> TYPES = List.of("t3.micro", "t3.small", "t3.medium");

    private final Machines machines;
    private final Ec2Subnets subnets;
    private final Ec2Groups groups;
    private final int quota;
    private final Map<String, Map<String, String>> keys = new LinkedHashMap<>();
    private final Map<String, Ec2Instance> instances = new LinkedHashMap<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private int made;

    Ec2Instances(Machines machines, Ec2Subnets subnets, Ec2Groups groups, int quota) {
        this.machines = machines;
        this.subnets = subnets;
        this.groups = groups;
        this.quota = quota;
    }

    Xml describeImages(Ec2Request request) {
        List<String> wanted = request.list("ImageId");
        request.list("Owner");
        request.allow("IncludeDeprecated", "false", "true");
        request.allow("IncludeDisabled", "false", "true");
        Map<String, List<String>> filters = request.filters();
        boolean found = (wanted.isEmpty() || wanted.contains(IMAGE))
                && Filters.pass(filters, name -> switch (name) {
                    case "name" -> Optional.of("debian-13-amd64-20260101-1");
                    case "architecture" -> Optional.of("x86_64");
                    case "image-id" -> Optional.of(IMAGE);
                    default -> Optional.empty();
                });
        return Xml.set(
                "imagesSet",
                found ? java.util.stream.Stream.of(IMAGE) : java.util.stream.Stream.of(),
                id -> Xml.of(
                        "image",
                        Xml.text("imageId", id),
                        Xml.text("name", "debian-13-amd64-20260101-1"),
                        Xml.text("imageOwnerId", "136693071363"),
                        Xml.text("imageState", "available"),
                        Xml.text("imageType", "machine"),
                        Xml.text("architecture", "x86_64"),
                        Xml.text("creationDate", "2026-01-01T00:00:00.000Z"),
                        Xml.text("isPublic", "true"),
                        Xml.text("rootDeviceType", "ebs"),
                        Xml.text("rootDeviceName", "/dev/xvda"),
                        Xml.text("virtualizationType", "hvm"),
                        Xml.of(
                                "blockDeviceMapping",
                                Xml.of(
                                        "item",
                                        Xml.text("deviceName", "/dev/xvda"),
                                        Xml.of(
                                                "ebs",
                                                Xml.text("snapshotId", "snap-1"),
                                                Xml.text("volumeSize", "8"))))));
    }

    Xml describeInstanceTypes(Ec2Request request) {
        List<String> wanted = request.list("InstanceType");
        wanted.forEach(Ec2Instances::requireType);
        return Xml.set(
                "instanceTypeSet",
                wanted.stream(),
                type -> Xml.of(
                        "type",
                        Xml.text("instanceType", type),
                        Xml.text("currentGeneration", "true"),
                        Xml.text("burstablePerformanceSupported", "true"),
                        Xml.text("hypervisor", "nitro"),
                        Xml.of("networkInfo", Xml.text("encryptionInTransitSupported", "true"))));
    }

    private static void requireType(String type) {
        if (!TYPES.contains(type)) {
            throw Refused.of("InvalidInstanceType", "The instance type '" + type + "' does not exist here");
        }
    }

    synchronized Xml importKeyPair(Ec2Request request) {
        String name = request.require("KeyName");
        Machines.decoded(request.require("PublicKeyMaterial"));
        if (keys.putIfAbsent(name, request.tags()) != null) {
            throw Refused.of("InvalidKeyPair.Duplicate", "The keypair '" + name + "' already exists");
        }
        return Xml.text("keyName", name);
    }

    synchronized Xml describeKeyPairs(Ec2Request request) {
        List<String> wanted = request.list("KeyName");
        request.allow("IncludePublicKey", "true", "false");
        wanted.stream().filter(name -> !keys.containsKey(name)).findFirst().ifPresent(name -> {
            throw Refused.of("InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist");
        });
        return Xml.set(
                "keySet",
                keys.entrySet().stream().filter(key -> wanted.isEmpty() || wanted.contains(key.getKey())),
                key -> Xml.of(
                        "key",
                        Xml.text("keyName", key.getKey()),
                        Xml.text("keyPairId", "key-" + key.getKey()),
                        Xml.text("keyFingerprint", "none"),
                        Xml.text("keyType", "ed25519"),
                        Tags.xml(key.getValue())));
    }

    synchronized Xml deleteKeyPair(Ec2Request request) {
        keys.remove(request.require("KeyName"));
        return Xml.text("return", "true");
    }

    synchronized int keyPairs() {
        return keys.size();
    }

    Xml runInstances(Ec2Request request) {
        request.allow("MinCount", "1");
        request.allow("MaxCount", "1");
        request.allow("EbsOptimized", "false");
        request.allow("HibernationOptions.Configured", "false");
        request.allow("Placement.AvailabilityZone", "");
        request.allow("MetadataOptions.HttpProtocolIpv6", "disabled");
        request.allow("CreditSpecification.CpuCredits", "unlimited", "standard");
        request.allow("DisableApiStop", "false");
        request.allow("DisableApiTermination", "false");
        request.allow("Monitoring.Enabled", "false");
        request.allow("ImageId", IMAGE);
        request.allow("MetadataOptions.HttpTokens", "required");
        request.allow("MetadataOptions.HttpEndpoint", "enabled");
        request.allow("MetadataOptions.HttpPutResponseHopLimit", "1");
        for (String prefix : request.structures("BlockDeviceMapping")) {
            List.of("DeviceName", "Ebs.VolumeType", "Ebs.VolumeSize", "Ebs.Encrypted", "Ebs.DeleteOnTermination")
                    .forEach(name -> request.find(prefix + name));
        }
        requireType(request.require("InstanceType"));
        String token = request.find("ClientToken").orElse("");
        return reservation(register(request, token));
    }

    private synchronized Ec2Instance register(Ec2Request request, String token) {
        String known = tokens.get(token);
        if (known != null) {
            return instance(known);
        }
        if (running().size() >= quota) {
            throw Refused.of(
                    "VcpuLimitExceeded", "You have requested more vCPU capacity than your current limit allows");
        }
        String userData = request.require("UserData");
        if (Machines.decoded(userData).length() > LONGEST_USER_DATA) {
            throw Refused.of("InvalidParameterValue", "User data is limited to 16384 bytes");
        }
        List<String> wanted = request.list("SecurityGroupId");
        String subnet = request.require("SubnetId");
        wanted.forEach(groups::requireGroup);
        made++;
        Ec2Instance instance = new Ec2Instance(
                "i-%017d".formatted(made),
                request.require("InstanceType"),
                new Ec2Instance.Place(subnets.vpcOf(subnet), subnet, request.region() + subnets.zoneOf(subnet)),
                request.require("KeyName"),
                wanted,
                userData,
                request.tags());
        request.requireAllUnderstood();
        instances.put(instance.id, instance);
        instance.boot(machines);
        if (!token.isEmpty()) {
            tokens.put(token, instance.id);
        }
        return instance;
    }

    private static Xml reservation(Ec2Instance instance) {
        return Xml.of(
                "reservation",
                Xml.text("reservationId", "r-" + instance.id),
                Xml.text("ownerId", Ec2Vpcs.OWNER),
                Xml.set("instancesSet", java.util.stream.Stream.of(instance), Ec2Instance::xml));
    }

    synchronized Xml describeInstances(Ec2Request request) {
        List<String> wanted = request.list("InstanceId");
        wanted.forEach(this::instance);
        return Xml.set(
                "reservationSet",
                instances.values().stream().filter(one -> wanted.isEmpty() || wanted.contains(one.id)),
                Ec2Instances::reservation);
    }

    synchronized Xml describeInstanceAttribute(Ec2Request request) {
        Ec2Instance instance = instance(request.require("InstanceId"));
        String attribute = request.require("Attribute");
        Xml value =
                switch (attribute) {
                    case "userData" -> Xml.text("value", instance.userData);
                    case "disableApiStop", "disableApiTermination" -> Xml.text("value", "false");
                    case "instanceInitiatedShutdownBehavior" -> Xml.text("value", "stop");
                    default -> throw Refused.of("InvalidParameterValue", "this test cloud does not know " + attribute);
                };
        return Xml.of("attribute", Xml.text("instanceId", instance.id), Xml.of(attribute, value));
    }

    synchronized Xml changeVolumeTags(Ec2Request request) {
        List<String> wanted = request.list("ResourceId");
        running().stream()
                .filter(one -> wanted.contains(one.volume()))
                .forEach(one -> Tags.change(request, one.volumeTags()));
        return Xml.text("return", "true");
    }

    synchronized List<Map<String, String>> volumeTags() {
        return running().stream().map(one -> Map.copyOf(one.volumeTags())).toList();
    }

    synchronized Xml describeVolumes(Ec2Request request) {
        Map<String, List<String>> filters = request.filters();
        List<String> wanted = request.list("VolumeId");
        return Xml.set(
                "volumeSet",
                running().stream()
                        .filter(one -> wanted.isEmpty() || wanted.contains(one.volume()))
                        .filter(one -> Filters.pass(
                                filters,
                                name -> name.equals("attachment.instance-id")
                                        ? Optional.of(one.id)
                                        : Optional.empty())),
                one -> Xml.of(
                        "volume",
                        Xml.text("volumeId", one.volume()),
                        Xml.text("volumeType", "gp3"),
                        Xml.text("size", "20"),
                        Xml.text("encrypted", "true"),
                        Xml.text("status", "in-use"),
                        Tags.xml(one.volumeTags())));
    }

    synchronized Xml describeCreditSpecifications(Ec2Request request) {
        return Xml.set(
                "instanceCreditSpecificationSet",
                request.list("InstanceId").stream(),
                id -> Xml.of("credit", Xml.text("instanceId", instance(id).id), Xml.text("cpuCredits", "unlimited")));
    }

    synchronized Xml uefiData(Ec2Request request) {
        String id = instance(request.require("InstanceId")).id;
        return Xml.of("attribute", Xml.text("instanceId", id), Xml.text("uefiData", ""));
    }

    /** The tags that instances have; a filter's value may be one of an instance or of a tag of it. */
    synchronized Xml describeTags(Ec2Request request) {
        Map<String, List<String>> filters = request.filters();
        List<Xml> found = new ArrayList<>();
        for (Ec2Instance one : running()) {
            one.tags.forEach((key, value) -> {
                boolean pass = Filters.pass(filters, name -> switch (name) {
                    case "resource-id" -> Optional.of(one.id);
                    case "resource-type" -> Optional.of("instance");
                    case "key" -> Optional.of(key);
                    default -> Optional.empty();
                });
                if (pass) {
                    found.add(Xml.of(
                            "tag",
                            Xml.text("resourceId", one.id),
                            Xml.text("resourceType", "instance"),
                            Xml.text("key", key),
                            Xml.text("value", value)));
                }
            });
        }
        return Xml.set("tagSet", found.stream(), tag -> tag);
    }

    synchronized Xml modifyInstanceAttribute(Ec2Request request) {
        instance(request.require("InstanceId"));
        request.allow("DisableApiTermination.Value", "false");
        request.allow("DisableApiStop.Value", "false");
        return Xml.text("return", "true");
    }

    Xml terminateInstances(Ec2Request request) {
        List<Ec2Instance> ending =
                request.list("InstanceId").stream().map(this::instance).toList();
        for (Ec2Instance instance : ending) {
            instance.terminate(machines);
        }
        return Xml.set(
                "instancesSet",
                ending.stream(),
                one -> Xml.of(
                        "change",
                        Xml.text("instanceId", one.id),
                        Xml.of("currentState", Xml.text("code", "48"), Xml.text("name", "terminated")),
                        Xml.of("previousState", Xml.text("code", "16"), Xml.text("name", "running"))));
    }

    private synchronized Ec2Instance instance(String id) {
        Ec2Instance instance = instances.get(id);
        if (instance == null) {
            throw Refused.of("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
        }
        return instance;
    }

    private synchronized List<Ec2Instance> running() {
        return instances.values().stream().filter(one -> !one.terminated()).toList();
    }

    /** The security groups that instances are in. */
    synchronized Set<String> groups() {
        return running().stream().flatMap(one -> one.groups.stream()).collect(Collectors.toSet());
    }

    /** The names of the instances that are there, from their tags, with their IDs. */
    synchronized Map<String, String> names() {
        return running().stream().collect(Collectors.toMap(one -> one.tags.getOrDefault("Name", ""), one -> one.id));
    }

    /** Stops an instance as somebody does in the console. */
    synchronized void stop(String id) {
        instance(id).stop();
    }
}
