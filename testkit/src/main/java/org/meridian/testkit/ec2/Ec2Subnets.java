package org.meridian.testkit.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Zones, subnets and gateways to the Internet; the default VPC has a subnet in two of three zones. */
final class Ec2Subnets {
    private static final List<String> ZONES = List.of("a", "b", "c");

    private final Ec2Vpcs vpcs;
    private final Map<String, Subnet> subnets = new LinkedHashMap<>();
    private final Map<String, Gateway> gateways = new LinkedHashMap<>();
    private int made;

    Ec2Subnets(Ec2Vpcs vpcs) {
        this.vpcs = vpcs;
        create(Ec2Vpcs.DEFAULT, "172.31.0.0/20", "a", Map.of()).open = true;
        create(Ec2Vpcs.DEFAULT, "172.31.16.0/20", "b", Map.of()).open = true;
    }

    private Subnet create(String vpc, String cidr, String zone, Map<String, String> tags) {
        made++;
        Subnet subnet = new Subnet("subnet-%08d".formatted(made), vpc, cidr, zone, tags);
        subnets.put(subnet.id, subnet);
        return subnet;
    }

    /** Amazon EC2 API Reference, DescribeAvailabilityZones. */
    Xml describeZones(Ec2Request request) {
        request.allow("AllAvailabilityZones", "false");
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "availabilityZoneInfo",
                ZONES.stream()
                        .filter(zone -> Filters.pass(filters, name -> switch (name) {
                            case "state" -> Optional.of("available");
                            case "zone-type" -> Optional.of("availability-zone");
                            default -> Optional.empty();
                        })),
                zone -> Xml.of(
                        "zone",
                        Xml.text("zoneName", request.region() + zone),
                        Xml.text("zoneId", request.region() + "-az-" + zone),
                        Xml.text("zoneState", "available"),
                        Xml.text("zoneType", "availability-zone"),
                        Xml.text("regionName", request.region()),
                        Xml.text("groupName", request.region()),
                        Xml.text("optInStatus", "opt-in-not-required")));
    }

    synchronized Xml create(Ec2Request request) {
        String vpc = request.require("VpcId");
        vpcs.require(vpc);
        String zone = request.require("AvailabilityZone");
        if (!zone.startsWith(request.region())
                || !ZONES.contains(zone.substring(request.region().length()))) {
            throw Refused.of(
                    "InvalidParameterValue", "Value (" + zone + ") for parameter availabilityZone is invalid.");
        }
        return create(
                        vpc,
                        request.require("CidrBlock"),
                        zone.substring(request.region().length()),
                        request.tags())
                .xml("subnet", request.region());
    }

    synchronized Xml describe(Ec2Request request) {
        Map<String, List<String>> filters = request.filters();
        List<String> wanted = request.list("SubnetId");
        wanted.forEach(this::subnet);
        return Xml.set(
                "subnetSet",
                subnets.values().stream()
                        .filter(subnet -> wanted.isEmpty() || wanted.contains(subnet.id))
                        .filter(subnet -> Filters.pass(filters, name -> switch (name) {
                            case "vpc-id" -> Optional.of(subnet.vpc);
                            case "map-public-ip-on-launch" -> Optional.of(String.valueOf(subnet.open));
                            default -> Optional.empty();
                        })),
                subnet -> subnet.xml("subnet", request.region()));
    }

    synchronized Xml modifyAttribute(Ec2Request request) {
        subnet(request.require("SubnetId")).open = Boolean.parseBoolean(request.require("MapPublicIpOnLaunch.Value"));
        return Xml.text("return", "true");
    }

    synchronized Xml delete(Ec2Request request) {
        subnets.remove(subnet(request.require("SubnetId")).id);
        return Xml.text("return", "true");
    }

    /** The VPC that a subnet is in. */
    synchronized String vpcOf(String subnet) {
        return subnet(subnet).vpc;
    }

    /** The letter of the zone that a subnet is in. */
    synchronized String zoneOf(String subnet) {
        return subnet(subnet).zone;
    }

    private Subnet subnet(String id) {
        Subnet subnet = subnets.get(id);
        if (subnet == null) {
            throw Refused.of("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
        }
        return subnet;
    }

    synchronized Xml createGateway(Ec2Request request) {
        made++;
        Gateway gateway = new Gateway("igw-%08d".formatted(made), request.tags());
        gateways.put(gateway.id, gateway);
        return gateway.xml("internetGateway");
    }

    synchronized Xml describeGateways(Ec2Request request) {
        List<String> wanted = request.list("InternetGatewayId");
        wanted.forEach(this::gateway);
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "internetGatewaySet",
                gateways.values().stream()
                        .filter(gateway -> wanted.isEmpty() || wanted.contains(gateway.id))
                        .filter(gateway -> Filters.pass(
                                filters,
                                name -> name.equals("attachment.vpc-id")
                                        ? Optional.of(gateway.vpc)
                                        : Optional.empty())),
                gateway -> gateway.xml("gateway"));
    }

    /** AttachInternetGateway or DetachInternetGateway. */
    synchronized Xml changeGateway(Ec2Request request) {
        String vpc = request.require("VpcId");
        vpcs.require(vpc);
        gateway(request.require("InternetGatewayId")).vpc = request.action().startsWith("Attach") ? vpc : "";
        return Xml.text("return", "true");
    }

    synchronized Xml deleteGateway(Ec2Request request) {
        Gateway gateway = gateway(request.require("InternetGatewayId"));
        if (!gateway.vpc.isEmpty()) {
            throw Refused.of("DependencyViolation", "The internetGateway '" + gateway.id + "' has dependencies");
        }
        gateways.remove(gateway.id);
        return Xml.text("return", "true");
    }

    private Gateway gateway(String id) {
        Gateway gateway = gateways.get(id);
        if (gateway == null) {
            throw Refused.of("InvalidInternetGatewayID.NotFound", "The internetGateway ID '" + id + "' does not exist");
        }
        return gateway;
    }

    /** A subnet or gateway that is in a VPC. */
    synchronized Optional<String> within(String vpc) {
        return subnets.values().stream()
                .filter(subnet -> subnet.vpc.equals(vpc))
                .map(subnet -> subnet.id)
                .findFirst()
                .or(() -> gateways.values().stream()
                        .filter(gateway -> gateway.vpc.equals(vpc))
                        .map(gateway -> gateway.id)
                        .findFirst());
    }

    private static final class Subnet {
        private final String id;
        private final String vpc;
        private final String cidr;
        private final String zone;
        private final Map<String, String> tags;
        private boolean open;

        Subnet(String id, String vpc, String cidr, String zone, Map<String, String> tags) {
            this.id = id;
            this.vpc = vpc;
            this.cidr = cidr;
            this.zone = zone;
            this.tags = tags;
        }

        Xml xml(String name, String region) {
            return Xml.of(
                    name,
                    Xml.text("subnetId", id),
                    Xml.text("vpcId", vpc),
                    Xml.text("ownerId", Ec2Vpcs.OWNER),
                    Xml.text("cidrBlock", cidr),
                    Xml.text("availabilityZone", region + zone),
                    Xml.text("availabilityZoneId", region + "-az-" + zone),
                    Xml.text("state", "available"),
                    Xml.text("mapPublicIpOnLaunch", open),
                    Tags.xml(tags));
        }
    }

    private static final class Gateway {
        private final String id;
        private final Map<String, String> tags;
        private String vpc = "";

        Gateway(String id, Map<String, String> tags) {
            this.id = id;
            this.tags = tags;
        }

        Xml xml(String name) {
            Xml attachments = vpc.isEmpty()
                    ? Xml.of("attachmentSet")
                    : Xml.of("attachmentSet", Xml.of("item", Xml.text("vpcId", vpc), Xml.text("state", "available")));
            return Xml.of(
                    name,
                    Xml.text("internetGatewayId", id),
                    Xml.text("ownerId", Ec2Vpcs.OWNER),
                    attachments,
                    Tags.xml(tags));
        }
    }
}
