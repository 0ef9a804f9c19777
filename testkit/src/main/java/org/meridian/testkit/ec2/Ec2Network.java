package org.meridian.testkit.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The default VPC with two subnets, and security groups. */
final class Ec2Network {
    static final String OWNER = "123456789012";
    static final String VPC = "vpc-00000001";
    static final List<String> SUBNETS = List.of("subnet-00000001", "subnet-00000002");

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private int made;

    Xml describeVpcs(Ec2Request request) {
        Stream<String> found = request.list("VpcId").isEmpty()
                ? Stream.of(VPC)
                : request.list("VpcId").stream().peek(Ec2Network::requireVpc);
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "vpcSet",
                found.filter(id -> Filters.pass(filters, name -> switch (name) {
                    case "isDefault", "is-default" -> Optional.of("true");
                    case "vpc-id" -> Optional.of(id);
                    case "state" -> Optional.of("available");
                    default -> Optional.empty();
                })),
                id -> Xml.of(
                        "vpc",
                        Xml.text("vpcId", id),
                        Xml.text("ownerId", OWNER),
                        Xml.text("state", "available"),
                        Xml.text("cidrBlock", "172.31.0.0/16"),
                        Xml.text("dhcpOptionsId", "dopt-00000001"),
                        Xml.text("instanceTenancy", "default"),
                        Xml.text("isDefault", "true")));
    }

    private static void requireVpc(String id) {
        if (!id.equals(VPC)) {
            throw Refused.of("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
        }
    }

    Xml describeVpcAttribute(Ec2Request request) {
        requireVpc(request.require("VpcId"));
        String attribute = request.require("Attribute");
        request.allow("Attribute", "enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics");
        return Xml.of(attribute, Xml.text("value", !attribute.equals("enableNetworkAddressUsageMetrics")));
    }

    Xml describeRouteTables(Ec2Request request) {
        Filters.pass(
                request.filters(),
                name -> name.equals("association.main") || name.equals("vpc-id") ? Optional.of("") : Optional.empty());
        return Xml.of(
                "routeTableSet", Xml.of("item", Xml.text("routeTableId", "rtb-00000001"), Xml.text("vpcId", VPC)));
    }

    Xml describeSubnets(Ec2Request request) {
        Map<String, List<String>> filters = request.filters();
        List<String> wanted = request.list("SubnetId");
        wanted.stream().filter(id -> !SUBNETS.contains(id)).findFirst().ifPresent(id -> {
            throw Refused.of("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
        });
        return Xml.set(
                "subnetSet",
                SUBNETS.stream()
                        .filter(id -> wanted.isEmpty() || wanted.contains(id))
                        .filter(id -> Filters.pass(filters, name -> switch (name) {
                            case "vpc-id" -> Optional.of(VPC);
                            case "map-public-ip-on-launch" -> Optional.of("true");
                            default -> Optional.empty();
                        })),
                id -> Xml.of(
                        "subnet",
                        Xml.text("subnetId", id),
                        Xml.text("vpcId", VPC),
                        Xml.text("state", "available"),
                        Xml.text("mapPublicIpOnLaunch", "true")));
    }

    /** Those of instances are not modelled; the provider looks for what others left in a group. */
    Xml describeNetworkInterfaces(Ec2Request request) {
        request.filters();
        request.find("MaxResults");
        return Xml.of("networkInterfaceSet");
    }

    synchronized Xml createSecurityGroup(Ec2Request request) {
        made++;
        requireVpc(request.require("VpcId"));
        Group group = new Group(
                "sg-%08d".formatted(made),
                request.require("GroupName"),
                request.require("GroupDescription"),
                request.tags());
        if (groups.values().stream().anyMatch(other -> other.name.equals(group.name))) {
            throw Refused.of("InvalidGroup.Duplicate", "The security group '" + group.name + "' already exists");
        }
        group.egress.add(new Permission("-1", "", "", "0.0.0.0/0", ""));
        groups.put(group.id, group);
        return Xml.text("groupId", group.id);
    }

    synchronized Xml describeSecurityGroups(Ec2Request request) {
        List<String> wanted = request.list("GroupId");
        wanted.forEach(this::group);
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "securityGroupInfo",
                groups.values().stream()
                        .filter(group -> wanted.isEmpty() || wanted.contains(group.id))
                        .filter(group -> Filters.pass(
                                filters, name -> name.equals("group-id") ? Optional.of(group.id) : Optional.empty())),
                Group::xml);
    }

    synchronized Xml change(Ec2Request request, boolean egress, boolean add) {
        Group group = group(request.require("GroupId"));
        Set<Permission> rules = egress ? group.egress : group.ingress;
        List<Permission> changed = Permission.read(request);
        if (add) {
            rules.addAll(changed);
        } else {
            requireAll(rules, changed);
            rules.removeAll(changed);
        }
        return Xml.text("return", "true");
    }

    private static void requireAll(Set<Permission> rules, List<Permission> leaving) {
        if (!rules.containsAll(leaving)) {
            throw Refused.of("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
    }

    synchronized Xml deleteSecurityGroup(Ec2Request request) {
        groups.remove(group(request.require("GroupId")).id);
        return Xml.text("return", "true");
    }

    private Group group(String id) {
        Group group = groups.get(id);
        if (group == null) {
            throw Refused.of("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
        }
        return group;
    }

    /** Throws when there is no such group. */
    synchronized void requireGroup(String id) {
        group(id);
    }

    /** How many groups there are. */
    synchronized int groups() {
        return groups.size();
    }

    private static final class Group {
        private final String id;
        private final String name;
        private final String description;
        private final Map<String, String> tags;
        private final Set<Permission> ingress = new LinkedHashSet<>();
        private final Set<Permission> egress = new LinkedHashSet<>();

        Group(String id, String name, String description, Map<String, String> tags) {
            this.id = id;
            this.name = name;
            this.description = description;
            this.tags = tags;
        }

        Xml xml() {
            return Xml.of(
                    "group",
                    Xml.text("ownerId", OWNER),
                    Xml.text("groupId", id),
                    Xml.text("groupName", name),
                    Xml.text("groupDescription", description),
                    Xml.text("vpcId", VPC),
                    Xml.set("ipPermissions", ingress.stream(), Permission::xml),
                    Xml.set("ipPermissionsEgress", egress.stream(), Permission::xml),
                    Tags.xml(tags));
        }
    }

    /** A rule for one network. */
    private record Permission(String protocol, String from, String to, String cidr, String description) {
        static List<Permission> read(Ec2Request request) {
            List<Permission> permissions = new ArrayList<>();
            for (String prefix : request.structures("IpPermissions")) {
                String protocol = request.require(prefix + "IpProtocol");
                boolean all = protocol.equals("-1");
                String from =
                        request.find(prefix + "FromPort").filter(port -> !all).orElse("");
                String to = request.find(prefix + "ToPort").filter(port -> !all).orElse("");
                for (String range : request.structures(prefix + "IpRanges")) {
                    String description = request.find(range + "Description").orElse("");
                    permissions.add(new Permission(protocol, from, to, request.require(range + "CidrIp"), description));
                }
                for (String range : request.structures(prefix + "Ipv6Ranges")) {
                    permissions.add(new Permission(protocol, from, to, request.require(range + "CidrIpv6"), ""));
                }
            }
            return permissions;
        }

        Xml xml() {
            List<Xml> parts = new ArrayList<>(List.of(Xml.text("ipProtocol", protocol)));
            if (!from.isEmpty()) {
                parts.add(Xml.text("fromPort", from));
                parts.add(Xml.text("toPort", to));
            }
            Xml range = description.isEmpty()
                    ? Xml.of("item", Xml.text("cidrIp", cidr))
                    : Xml.of("item", Xml.text("cidrIp", cidr), Xml.text("description", description));
            parts.add(Xml.of("ipRanges", range));
            return Xml.of("permission", parts);
        }
    }
}
