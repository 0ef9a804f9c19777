package org.meridian.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all modules; each rule fails, too, when it finds nothing to look at. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.meridian");

    static Stream<ArchRule> rules() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void it_holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void all_modules_are_looked_at() {
        for (String type : new String[] {
            "org.meridian.core.plan.Planner",
            "org.meridian.config.ConfigurationLoader",
            "org.meridian.drivers.command.LocalProcesses",
            "org.meridian.testkit.FleetDriverContract",
            "org.meridian.web.Dashboard",
            "org.meridian.cli.Main"
        }) {
            assertThat(CLASSES.contain(type)).as(type).isTrue();
        }
    }

    @Test
    void what_a_rule_forbids_is_found() {
        JavaClasses planted = new ClassFileImporter().importClasses(PrintingHelper.class);
        assertThatThrownBy(() -> Rules.NAMES.check(planted)).hasMessageContaining("PrintingHelper");
        assertThatThrownBy(() -> Rules.STANDARD_STREAMS.check(planted)).hasMessageContaining("java.lang.System.out");
        assertThatThrownBy(() -> Rules.FILES_ARE_READ_WITH_A_BOUND.check(planted))
                .hasMessageContaining("readString");
    }

    @Test
    void a_rule_that_matches_nothing_fails() {
        JavaClasses none = new ClassFileImporter().importClasses(PrintingHelper.class);
        assertThatThrownBy(() -> Rules.PLAN_IS_PURE.check(none)).hasMessageContaining("failed to check any classes");
    }

    /** Breaks rules, so that they can be seen to work. */
    static final class PrintingHelper {
        private PrintingHelper() {}

        static void print() {
            System.out.println("here");
        }

        static String read() throws IOException {
            return Files.readString(Path.of("here"));
        }
    }
}
