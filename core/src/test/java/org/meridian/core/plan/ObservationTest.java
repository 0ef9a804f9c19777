package org.meridian.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.FleetView;
import org.meridian.core.spi.HostDriver;

final class ObservationTest {
    private static final RegionName LAB = new RegionName("lab");

    /** What a machine answers for good must not keep a person waiting for as long as a lost connection may. */
    @ParameterizedTest
    @CsvSource({
        HostDriver.UNREACHABLE + ", NO_ANSWER",
        HostDriver.HOST_KEY + ", FAILED",
        HostDriver.REFUSED_LOGIN + ", FAILED",
    })
    void a_machine_that_answers_for_good_is_not_asked_again(String code, Failure.Kind kind) {
        var unseen = new FleetView.Unseen(LAB, Diagnostic.of(code, "lab-1 is out of reach", "See."));
        var observation = new Observation(new FleetView(List.of(), List.of(unseen)), List.of());

        Failure failure = catchThrowableOfType(Failure.class, () -> observation.requireSeen(List.of(LAB)));

        assertThat(failure.kind()).isEqualTo(kind);
    }
}
