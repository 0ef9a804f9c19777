package org.meridian.testkit.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** VPCs with their attributes; one is the default, as every account has it, and those that are made get a route table each. */
final class Ec2Vpcs {
    static final String OWNER = "123456789012";
    static final String DEFAULT = "vpc-00000001";

    private final Map<String, Vpc> vpcs = new LinkedHashMap<>();
    private int made;

    Ec2Vpcs() {
        create("172.31.0.0/16", Map.of());
    }

    private Vpc create(String cidr, Map<String, String> tags) {
        made++;
        Vpc vpc = new Vpc("vpc-%08d".formatted(made), cidr, new Ec2Routes("rtb-%08d".formatted(made), cidr), tags);
        vpcs.put(vpc.id, vpc);
        return vpc;
    }

    synchronized Xml create(Ec2Request request) {
        request.allow("InstanceTenancy", "default");
        request.allow("AmazonProvidedIpv6CidrBlock", "false");
        return create(request.require("CidrBlock"), request.tags()).xml("vpc");
    }

    synchronized Xml describe(Ec2Request request) {
        List<String> wanted = request.list("VpcId");
        wanted.forEach(this::vpc);
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "vpcSet",
                vpcs.values().stream()
                        .filter(vpc -> wanted.isEmpty() || wanted.contains(vpc.id))
                        .filter(vpc -> Filters.pass(filters, name -> switch (name) {
                            case "isDefault", "is-default" -> Optional.of(String.valueOf(vpc.isDefault()));
                            case "vpc-id" -> Optional.of(vpc.id);
                            case "state" -> Optional.of("available");
                            default -> Optional.empty();
                        })),
                vpc -> vpc.xml("vpc"));
    }

    synchronized Xml describeAttribute(Ec2Request request) {
        String attribute = request.require("Attribute");
        Boolean value = vpc(request.require("VpcId")).attributes.get(attribute);
        if (value == null) {
            throw Refused.of("InvalidParameterValue", "this test cloud does not know " + attribute);
        }
        return Xml.of(attribute, Xml.text("value", value));
    }

    synchronized Xml modifyAttribute(Ec2Request request) {
        Vpc vpc = vpc(request.require("VpcId"));
        for (String attribute : vpc.attributes.keySet()) {
            String parameter = Character.toUpperCase(attribute.charAt(0)) + attribute.substring(1) + ".Value";
            request.find(parameter).ifPresent(value -> vpc.attributes.put(attribute, Boolean.valueOf(value)));
        }
        return Xml.text("return", "true");
    }

    /** The route tables are the VPCs' main ones; there are no others. */
    synchronized Xml describeRouteTables(Ec2Request request) {
        List<String> wanted = request.list("RouteTableId");
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "routeTableSet",
                vpcs.values().stream()
                        .filter(vpc -> wanted.isEmpty() || wanted.contains(vpc.routes.id()))
                        .filter(vpc -> Filters.pass(filters, name -> switch (name) {
                            case "association.main" -> Optional.of("true");
                            case "vpc-id" -> Optional.of(vpc.id);
                            default -> Optional.empty();
                        })),
                vpc -> vpc.routes.xml(vpc.id));
    }

    synchronized Xml changeRoute(Ec2Request request) {
        return routes(request.require("RouteTableId")).change(request);
    }

    /** Only of route tables, which are the only things that get tags after they were made. */
    synchronized Xml changeTags(Ec2Request request) {
        request.list("ResourceId").forEach(id -> routes(id).changeTags(request));
        return Xml.text("return", "true");
    }

    private Ec2Routes routes(String table) {
        return vpcs.values().stream()
                .map(vpc -> vpc.routes)
                .filter(routes -> routes.id().equals(table))
                .findFirst()
                .orElseThrow(() ->
                        Refused.of("InvalidRouteTableID.NotFound", "The routeTable ID '" + table + "' does not exist"));
    }

    /** Each VPC's default one; the provider looks for it, and Meridian's module makes none. */
    synchronized Xml describeNetworkAcls(Ec2Request request) {
        Map<String, List<String>> filters = request.filters();
        return Xml.set(
                "networkAclSet",
                vpcs.values().stream()
                        .filter(vpc -> Filters.pass(filters, name -> switch (name) {
                            case "default" -> Optional.of("true");
                            case "vpc-id" -> Optional.of(vpc.id);
                            default -> Optional.empty();
                        })),
                vpc -> Xml.of(
                        "acl",
                        Xml.text("networkAclId", "acl-" + vpc.id.substring(4)),
                        Xml.text("vpcId", vpc.id),
                        Xml.text("default", "true")));
    }

    /** Deletes it, unless something is still in it; {@code inUse} says what, and is empty otherwise. */
    synchronized Xml delete(Ec2Request request, Optional<String> inUse) {
        Vpc vpc = vpc(request.require("VpcId"));
        inUse.ifPresent(what -> {
            throw Refused.of("DependencyViolation", "The vpc '" + vpc.id + "' has dependencies: " + what);
        });
        vpcs.remove(vpc.id);
        return Xml.text("return", "true");
    }

    /** Throws when there is no such VPC. */
    synchronized void require(String id) {
        vpc(id);
    }

    private Vpc vpc(String id) {
        Vpc vpc = vpcs.get(id);
        if (vpc == null) {
            throw Refused.of("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
        }
        return vpc;
    }

    /** How many there are besides the default one. */
    synchronized int made() {
        return vpcs.size() - 1;
    }

    private static final class Vpc {
        private final String id;
        private final String cidr;
        private final Ec2Routes routes;
        private final Map<String, String> tags;
        private final Map<String, Boolean> attributes = new TreeMap<>();

        Vpc(String id, String cidr, Ec2Routes routes, Map<String, String> tags) {
            this.id = id;
            this.cidr = cidr;
            this.routes = routes;
            this.tags = tags;
            attributes.put("enableDnsHostnames", isDefault());
            attributes.put("enableDnsSupport", true);
            attributes.put("enableNetworkAddressUsageMetrics", false);
        }

        boolean isDefault() {
            return id.equals(DEFAULT);
        }

        Xml xml(String name) {
            return Xml.of(
                    name,
                    Xml.text("vpcId", id),
                    Xml.text("ownerId", OWNER),
                    Xml.text("state", "available"),
                    Xml.text("cidrBlock", cidr),
                    Xml.text("dhcpOptionsId", "dopt-00000001"),
                    Xml.text("instanceTenancy", "default"),
                    Xml.text("isDefault", isDefault()),
                    Tags.xml(tags));
        }
    }
}
