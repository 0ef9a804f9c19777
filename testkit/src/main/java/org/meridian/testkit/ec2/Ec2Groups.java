package org.meridian.testkit.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Security groups. */
final class Ec2Groups {
    private final Ec2Vpcs vpcs;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private int made;

    Ec2Groups(Ec2Vpcs vpcs) {
        this.vpcs = vpcs;
    }

    /** Those of instances are not modelled; the provider looks for what others left in a group. */
    Xml describeNetworkInterfaces(Ec2Request request) {
        request.filters();
        request.find("MaxResults");
        return Xml.of("networkInterfaceSet");
    }

    synchronized Xml createSecurityGroup(Ec2Request request) {
        made++;
        String vpc = request.require("VpcId");
        vpcs.require(vpc);
        Group group = new Group(
                "sg-%08d".formatted(made),
                vpc,
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
                        .filter(group -> Filters.pass(filters, name -> switch (name) {
                            case "group-id" -> Optional.of(group.id);
                            case "group-name" -> Optional.of(group.name);
                            case "vpc-id" -> Optional.of(group.vpc);
                            default -> Optional.empty();
                        })),
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

    /** Deletes it, unless one of these that instances have is it. */
    synchronized Xml deleteSecurityGroup(Ec2Request request, Set<String> inUse) {
        Group group = group(request.require("GroupId"));
        if (inUse.contains(group.id)) {
            throw Refused.of("DependencyViolation", "resource " + group.id + " has a dependent object");
        }
        groups.remove(group.id);
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

    /** A group that is in a VPC. */
    synchronized Optional<String> within(String vpc) {
        return groups.values().stream()
                .filter(group -> group.vpc.equals(vpc))
                .map(group -> group.id)
                .findFirst();
    }

    /** How many groups there are. */
    synchronized int groups() {
        return groups.size();
    }

    private static final class Group {
        private final String id;
        private final String vpc;
        private final String name;
        private final String description;
        private final Map<String, String> tags;
        private final Set<Permission> ingress = new LinkedHashSet<>();
        private final Set<Permission> egress = new LinkedHashSet<>();

        Group(String id, String vpc, String name, String description, Map<String, String> tags) {
            this.id = id;
            this.vpc = vpc;
            this.name = name;
            this.description = description;
            this.tags = tags;
        }

        Xml xml() {
            return Xml.of(
                    "group",
                    Xml.text("ownerId", Ec2Vpcs.OWNER),
                    Xml.text("groupId", id),
                    Xml.text("groupName", name),
                    Xml.text("groupDescription", description),
                    Xml.text("vpcId", vpc),
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
