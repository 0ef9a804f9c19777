package org.meridian.drivers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.testkit.simulation.SimulatedApps;
import org.meridian.testkit.simulation.SimulatedWorld;

/** The events of simulated rollouts, sent to a collector. */
@Timeout(600)
final class TelemetryTest {
    private static final DeployRequest ALL = new DeployRequest(Optional.empty(), Optional.empty(), Set.of(), true);
    private static final App APP = SimulatedApps.threeRegions(2);

    private final List<String> notes = new ArrayList<>();
    private final SimulatedWorld world = new SimulatedWorld(APP, 1);
    private Collector collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = new Collector();
    }

    @AfterEach
    void stopCollector() {
        collector.close();
    }

    @Test
    void a_deploy_is_one_trace_of_phases_and_servers() throws Exception {
        deploy(1);
        send(Map.of(), world.events());

        Span deploy = collector.span("meridian deploy");
        assertThat(attributes(deploy))
                .containsEntry("deployment.name", "journal")
                .containsEntry("deployment.id", "1")
                .containsEntry("deployment.status", "succeeded")
                .containsEntry("meridian.release", "r1")
                .containsEntry("meridian.outcome", "deployed")
                .containsEntry("meridian.probe.failed", "0");
        assertThat(deploy.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_OK);
        List<Span> prepared = named("prepare");
        assertThat(prepared).hasSize(3).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(deploy.getSpanId());
            assertThat(span.getStartTimeUnixNano())
                    .isBetween(deploy.getStartTimeUnixNano(), deploy.getEndTimeUnixNano());
            assertThat(span.getEndTimeUnixNano()).isGreaterThan(span.getStartTimeUnixNano());
        });
        assertThat(named("server healthy")).hasSize(6).allSatisfy(span -> assertThat(prepared)
                .extracting(Span::getSpanId)
                .contains(span.getParentSpanId()));
        assertThat(collector.spans())
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(deploy.getTraceId()));
        assertThat(notes).isEmpty();
    }

    @Test
    void measures_of_it_are_in_seconds_and_requests() throws Exception {
        deploy(1);
        deploy(2);
        send(Map.of(), world.events());

        var rollouts = collector.metric("meridian.rollout.duration");
        assertThat(rollouts.getUnit()).isEqualTo("s");
        var point = rollouts.getHistogram().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(2);
        assertThat(point.getSum()).isGreaterThan(1);
        assertThat(collector.metric("meridian.phase.duration").getHistogram().getDataPointsList())
                .hasSizeGreaterThan(3);
        assertThat(collector
                        .metric("meridian.probe.requests")
                        .getSum()
                        .getDataPoints(0)
                        .getAsInt())
                .isPositive();
        assertThat(collector
                        .metric("meridian.probe.failures")
                        .getSum()
                        .getDataPoints(0)
                        .getAsInt())
                .isZero();
    }

    @Test
    void a_rollback_that_was_asked_for_has_succeeded() throws Exception {
        deploy(1);
        deploy(2);
        new RollBack(world.workspace()).run(RollBackRequest.to(Optional.empty()), plan -> true);
        send(Map.of(), world.events());

        assertThat(attributes(collector.span("meridian rollback")))
                .containsEntry("deployment.status", "succeeded")
                .containsEntry("meridian.release.former", "r2");
    }

    @Test
    void what_failed_and_what_was_cut_off_are_errors() throws Exception {
        deploy(1);
        List<RolloutEvent> events = new ArrayList<>(world.events());
        events.removeIf(event -> event instanceof RolloutEvent.Finished);
        Instant at = events.getLast().at();
        events.add(new RolloutEvent.Failed(at, Optional.empty(), Diagnostic.of("disk-full", "the disk is full", "x")));
        send(Map.of(), events);

        Span deploy = collector.span("meridian deploy");
        assertThat(deploy.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(deploy.getEventsList()).anySatisfy(event -> assertThat(
                        event.getAttributes(0).getValue().getStringValue())
                .isEqualTo("the disk is full"));
    }

    @Test
    void it_belongs_to_the_trace_of_the_pipeline_and_to_the_service_that_is_named() throws Exception {
        deploy(1);
        send(
                Map.of(
                        "TRACEPARENT",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "service.name=release-train"),
                world.events());

        Span deploy = collector.span("meridian deploy");
        assertThat(HexFormat.of().formatHex(deploy.getTraceId().toByteArray()))
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(HexFormat.of().formatHex(deploy.getParentSpanId().toByteArray()))
                .isEqualTo("b7ad6b7169203331");
        assertThat(resource()).containsEntry("service.name", "release-train").containsEntry("service.version", "9.9");
    }

    @Test
    void the_service_is_meridian_unless_it_is_named() throws Exception {
        deploy(1);
        send(Map.of(), world.events());

        assertThat(resource()).containsEntry("service.name", "meridian");
    }

    @Test
    void nothing_is_sent_unless_a_variable_asks_for_it() throws Exception {
        deploy(1);
        emit(Map.of());
        emit(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_SDK_DISABLED", "true"));
        emit(Map.of("OTEL_TRACES_EXPORTER", "none"));

        assertThat(collector.traces).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void what_can_not_be_is_said_and_stops_nothing() throws Exception {
        deploy(1);
        send(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), world.events());
        send(Map.of("OTEL_TRACES_EXPORTER", "carrier-pigeon"), world.events());

        assertThat(notes).hasSize(2);
        assertThat(notes.getFirst()).contains("OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc'", "http/protobuf");
        assertThat(notes.getLast()).contains("carrier-pigeon");
    }

    @Test
    @SuppressWarnings("NullAway") // an event that is broken on purpose
    void an_event_that_can_not_be_sent_is_left_out_and_stops_nothing() throws Exception {
        deploy(1);
        List<RolloutEvent> events = new ArrayList<>(world.events());
        Instant at = events.getFirst().at();
        int begun = 1;
        while (!(events.get(begun - 1) instanceof RolloutEvent.Started)) {
            begun++;
        }
        events.add(begun, new RolloutEvent.PhaseStarted(at, SimulatedApps.EU, null));
        send(Map.of(), events);

        assertThat(notes).singleElement().asString().contains("left out an event");
        assertThat(attributes(collector.span("meridian deploy"))).containsEntry("deployment.status", "succeeded");
    }

    @Test
    void a_collector_that_is_not_there_is_said_once_and_holds_nobody_up() throws Exception {
        deploy(1);
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Instant begun = Instant.now();
        send(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + nobody), world.events());

        assertThat(notes).singleElement().asString().contains("not everything was sent", "OTEL_EXPORTER_OTLP_ENDPOINT");
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(5));
    }

    private void deploy(int version) throws InterruptedException {
        world.publish(version);
        new Deploy(world.workspace()).run(ALL, plan -> true);
    }

    private void send(Map<String, String> variables, List<RolloutEvent> events) {
        Map<String, String> environment = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));
        environment.putAll(variables);
        emit(environment, events);
    }

    private void emit(Map<String, String> environment) {
        emit(environment, world.events());
    }

    private void emit(Map<String, String> environment, List<RolloutEvent> events) {
        try (Telemetry telemetry = new Telemetry(APP.name(), "9.9", environment, notes::add)) {
            events.forEach(telemetry::emit);
        }
    }

    private List<Span> named(String name) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private Map<String, String> resource() {
        return texts(collector.traces.getFirst().getResource().getAttributesList());
    }

    private static Map<String, String> attributes(Span span) {
        return texts(span.getAttributesList());
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        attributes.forEach(attribute -> texts.put(attribute.getKey(), text(attribute.getValue())));
        return texts;
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }
}
