package org.meridian.drivers.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.testkit.fuzz.ForeignText;

/** Whatever a program prints for machines, they are machines or refused by a failure. */
final class MachineListFuzzTest {
    @Test
    void any_text_is_a_list_of_machines_or_a_failure() throws InterruptedException {
        var printed = new ForeignText("""
            {
              "a": "ops@a.example.com:22",
              "b": { "ssh": "ops@[2001:db8::1]:22", "address": "10.0.0.4" },
              "c": { "public_ip": "192.0.2.1", "private_ip": "10.0.0.5" }
            }
            """, text -> MachineList.parse("eu", text));
        assertThat(printed.wrong(1, 5_000)).isEmpty();
    }
}
