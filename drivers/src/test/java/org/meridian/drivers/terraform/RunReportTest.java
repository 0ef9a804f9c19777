package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunReportTest {
    @Test
    void says_how_much_is_done_while_a_run_takes_minutes() {
        RunReport report = new RunReport();
        assertThat(report.progress()).isEmpty();

        report.line(
                "{\"type\":\"change_summary\",\"changes\":{\"add\":3,\"change\":0,\"remove\":1,\"operation\":\"plan\"}}");
        assertThat(report.progress()).isEqualTo("0 of 4 done");

        report.line("{\"type\":\"apply_complete\",\"hook\":{}}");
        assertThat(report.progress()).isEqualTo("1 of 4 done");
    }
}
