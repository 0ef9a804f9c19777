package org.meridian.testkit.ec2;

import java.util.Map;
import java.util.TreeMap;

/** A VPC's main route table: where each network is routed to. */
final class Ec2Routes {
    private final String id;
    private final Map<String, String> routes = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();

    Ec2Routes(String id, String local) {
        this.id = id;
        routes.put(local, "local");
    }

    String id() {
        return id;
    }

    /** CreateRoute, ReplaceRoute or DeleteRoute. */
    Xml change(Ec2Request request) {
        String network = request.require("DestinationCidrBlock");
        if (request.action().equals("DeleteRoute")) {
            if (routes.remove(network) == null) {
                throw Refused.of("InvalidRoute.NotFound", "no route with destination " + network + " in " + id);
            }
        } else {
            routes.put(network, request.require("GatewayId"));
        }
        return Xml.text("return", "true");
    }

    /** CreateTags or DeleteTags. */
    void changeTags(Ec2Request request) {
        Tags.change(request, tags);
    }

    Xml xml(String vpc) {
        return Xml.of(
                "table",
                Xml.text("routeTableId", id),
                Xml.text("vpcId", vpc),
                Xml.text("ownerId", Ec2Vpcs.OWNER),
                Xml.set("routeSet", routes.entrySet().stream(), route -> route(route.getKey(), route.getValue())),
                Xml.of(
                        "associationSet",
                        Xml.of(
                                "item",
                                Xml.text("routeTableAssociationId", "rtbassoc-" + id),
                                Xml.text("routeTableId", id),
                                Xml.text("main", "true"))),
                Tags.xml(tags));
    }

    private static Xml route(String network, String target) {
        return Xml.of(
                "route",
                Xml.text("destinationCidrBlock", network),
                Xml.text("gatewayId", target),
                Xml.text("state", "active"),
                Xml.text("origin", target.equals("local") ? "CreateRouteTable" : "CreateRoute"));
    }
}
