package org.meridian.testkit.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A cloud for tests that speaks as much of Amazon EC2's query API (Amazon EC2 API Reference, "Query requests") and of STS as
 * Meridian's module for AWS needs. It is strict: an action, a parameter or a filter that it does not know is refused.
 */
public final class Ec2Cloud implements AutoCloseable {
    /** The access key that it lets in. */
    public static final String ACCESS_KEY = "AKIATESTTESTTESTTEST";

    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private final HttpServer server;
    private final Ec2Vpcs vpcs = new Ec2Vpcs();
    private final Ec2Subnets subnets = new Ec2Subnets(vpcs);
    private final Ec2Groups groups = new Ec2Groups(vpcs);
    private final Ec2Instances instances;
    private final List<String> unknown = Collections.synchronizedList(new ArrayList<>());
    private final List<String> actions = Collections.synchronizedList(new ArrayList<>());

    private Ec2Cloud(HttpServer server, Machines machines, int quota) {
        this.server = server;
        this.instances = new Ec2Instances(machines, subnets, groups, quota);
    }

    /** Starts a cloud on a port of 127.0.0.1, with room for so many instances. */
    public static Ec2Cloud start(Machines machines, int quota) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Ec2Cloud cloud = new Ec2Cloud(server, machines, quota);
        server.createContext("/", cloud::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return cloud;
    }

    /** Where it listens; for AWS_ENDPOINT_URL. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What a client that is to talk to this cloud needs in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint().toString(),
                "AWS_ACCESS_KEY_ID", ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_MAX_ATTEMPTS", "2");
    }

    /** The instances that are there: their names, by their tags, with their IDs. */
    public Map<String, String> instances() {
        return instances.names();
    }

    /** The tags of each instance's disk. */
    public List<Map<String, String>> volumeTags() {
        return instances.volumeTags();
    }

    /** Stops an instance as somebody does in the console. */
    public void stop(String id) {
        instances.stop(id);
    }

    /** Whether nothing of anybody's is left. */
    public boolean empty() {
        return instances.names().isEmpty() && groups.groups() == 0 && instances.keyPairs() == 0 && vpcs.made() == 0;
    }

    /** What it refused because it does not know it, in words; a test that wants to be sure finds nothing here. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** The actions that were asked for, in order. */
    public List<String> actions() {
        return List.copyOf(actions);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Ec2Request request = new Ec2Request(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), authorization);
        actions.add(request.action());
        try {
            requireKnown(authorization);
            Xml answer = answer(request);
            request.requireAllUnderstood();
            send(exchange, 200, document(request, answer));
        } catch (Refused e) {
            if (String.valueOf(e.getMessage()).startsWith("this test cloud does not know")) {
                unknown.add(request.action() + ": " + e.getMessage());
            }
            boolean sts = request.action().equals("GetCallerIdentity");
            send(exchange, e.status(), (sts ? e.stsXml() : e.xml()).toString());
        }
    }

    private static void requireKnown(String authorization) {
        if (!authorization.contains("Credential=" + ACCESS_KEY + "/")) {
            throw new Refused(403, "InvalidClientTokenId", "The security token included in the request is invalid");
        }
    }

    private Xml answer(Ec2Request request) {
        return switch (request.action()) {
            case "GetCallerIdentity" ->
                Xml.of(
                        "GetCallerIdentityResult",
                        Xml.text("Arn", "arn:aws:iam::" + Ec2Vpcs.OWNER + ":user/test"),
                        Xml.text("UserId", "TEST"),
                        Xml.text("Account", Ec2Vpcs.OWNER));
            case "CreateSecurityGroup" -> groups.createSecurityGroup(request);
            case "DescribeSecurityGroups" -> groups.describeSecurityGroups(request);
            case "AuthorizeSecurityGroupIngress" -> groups.change(request, false, true);
            case "AuthorizeSecurityGroupEgress" -> groups.change(request, true, true);
            case "RevokeSecurityGroupIngress" -> groups.change(request, false, false);
            case "RevokeSecurityGroupEgress" -> groups.change(request, true, false);
            case "DeleteSecurityGroup" -> groups.deleteSecurityGroup(request, instances.groups());
            case "DescribeNetworkInterfaces" -> groups.describeNetworkInterfaces(request);
            default -> place(request);
        };
    }

    private Xml place(Ec2Request request) {
        return switch (request.action()) {
            case "CreateVpc" -> vpcs.create(request);
            case "DescribeVpcs" -> vpcs.describe(request);
            case "DescribeVpcAttribute" -> vpcs.describeAttribute(request);
            case "ModifyVpcAttribute" -> vpcs.modifyAttribute(request);
            case "DescribeNetworkAcls" -> vpcs.describeNetworkAcls(request);
            case "DescribeRouteTables" -> vpcs.describeRouteTables(request);
            case "CreateRoute", "ReplaceRoute", "DeleteRoute" -> vpcs.changeRoute(request);
            case "CreateTags", "DeleteTags" ->
                request.list("ResourceId").stream().allMatch(id -> id.startsWith(Ec2Instance.VOLUME))
                        ? instances.changeVolumeTags(request)
                        : vpcs.changeTags(request);
            case "DeleteVpc" -> {
                String vpc = request.require("VpcId");
                yield vpcs.delete(request, subnets.within(vpc).or(() -> groups.within(vpc)));
            }
            case "DescribeAvailabilityZones" -> subnets.describeZones(request);
            case "CreateSubnet" -> subnets.create(request);
            case "DescribeSubnets" -> subnets.describe(request);
            case "ModifySubnetAttribute" -> subnets.modifyAttribute(request);
            case "DeleteSubnet" -> subnets.delete(request);
            case "CreateInternetGateway" -> subnets.createGateway(request);
            case "DescribeInternetGateways" -> subnets.describeGateways(request);
            case "AttachInternetGateway", "DetachInternetGateway" -> subnets.changeGateway(request);
            case "DeleteInternetGateway" -> subnets.deleteGateway(request);
            default -> machine(request);
        };
    }

    private Xml machine(Ec2Request request) {
        return switch (request.action()) {
            case "DescribeImages" -> instances.describeImages(request);
            case "DescribeInstanceTypes" -> instances.describeInstanceTypes(request);
            case "ImportKeyPair" -> instances.importKeyPair(request);
            case "DescribeKeyPairs" -> instances.describeKeyPairs(request);
            case "DeleteKeyPair" -> instances.deleteKeyPair(request);
            case "RunInstances" -> instances.runInstances(request);
            case "DescribeInstances" -> instances.describeInstances(request);
            case "DescribeInstanceAttribute" -> instances.describeInstanceAttribute(request);
            case "GetInstanceUefiData" -> instances.uefiData(request);
            case "DescribeTags" -> instances.describeTags(request);
            case "DescribeVolumes" -> instances.describeVolumes(request);
            case "DescribeInstanceCreditSpecifications" -> instances.describeCreditSpecifications(request);
            case "ModifyInstanceAttribute" -> instances.modifyInstanceAttribute(request);
            case "TerminateInstances" -> instances.terminateInstances(request);
            default ->
                throw Refused.of("InvalidAction", "this test cloud does not know the action " + request.action());
        };
    }

    /** The answer in its envelope; some answers are the envelope's content themselves. */
    private static String document(Ec2Request request, Xml answer) {
        boolean whole = List.of("reservation", "attribute").contains(answer.name());
        List<Xml> content = new ArrayList<>(whole ? answer.children() : List.of(answer));
        content.addFirst(Xml.text("requestId", "answered"));
        String name = request.action() + "Response";
        return Xml.of(name, content).toString().replaceFirst("<" + name, "<" + name + " xmlns=\"" + NAMESPACE + "\"");
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
