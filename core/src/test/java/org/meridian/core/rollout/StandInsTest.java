package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInsTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                GuardedFleet.class,
                PatientFleet.class,
                GuardedTraffic.class,
                PatientTraffic.class,
                GuardedHosts.class,
                DiscreetHosts.class
            })
    void who_stands_before_a_driver_passes_on_what_the_port_has_a_default_for(Class<?> standIn) {
        assertThat(Stream.of(standIn.getInterfaces())
                        .flatMap(port -> Stream.of(port.getMethods()))
                        .filter(method -> !Modifier.isStatic(method.getModifiers())))
                .isNotEmpty()
                .allMatch(method -> declares(standIn, method), "is passed on");
    }

    private static boolean declares(Class<?> standIn, Method method) {
        return Stream.of(standIn.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Stream.of(own.getParameterTypes())
                                .toList()
                                .equals(Stream.of(method.getParameterTypes()).toList()));
    }
}
