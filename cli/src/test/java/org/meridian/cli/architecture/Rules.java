package org.meridian.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of docs/architecture.md. */
final class Rules {
    static final ArchRule CORE_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("org.meridian.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.meridian.core..", "java..", "org.jspecify..")
            .allowEmptyShould(false);

    static final ArchRule CONFIG = knowsNothingOf("config", "drivers", "web", "testkit", "cli");
    static final ArchRule DRIVERS = knowsNothingOf("drivers", "config", "web", "testkit", "cli");
    static final ArchRule TESTKIT = knowsNothingOf("testkit", "config", "drivers", "web", "cli");

    static final ArchRule WEB = knowsNothingOf("web", "config", "drivers", "testkit", "cli");

    static final ArchRule DRIVERS_STAND_ALONE = classes()
            .that()
            .resideInAPackage("org.meridian.drivers..")
            .should(dependOnNoOtherDriver())
            .allowEmptyShould(false);

    static final ArchRule STANDARD_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackage("org.meridian.cli.view..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in")
            .allowEmptyShould(false);

    /** A web server is in one module, so that commands that need none load nothing of it. */
    static final ArchRule WEB_SERVES_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("org.meridian.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
            .allowEmptyShould(false);

    static final ArchRule NAMES = noClasses()
            .that()
            .resideInAPackage("org.meridian..")
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Processor")
            .allowEmptyShould(false);

    static final ArchRule PLAN_IS_PURE = noClasses()
            .that()
            .resideInAPackage("org.meridian.core.plan..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..")
                            .or(DescribedPredicate.describe("threads", Rules::isThread)))
            .allowEmptyShould(false);

    /** Contract suites need test libraries, which people who run Meridian do not have. */
    static final ArchRule CLI_ONLY_SIMULATES = noClasses()
            .that()
            .resideInAPackage("org.meridian.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meridian.testkit")
            .allowEmptyShould(false);

    static final ArchRule SIMULATION_NEEDS_NO_TEST_LIBRARY = noClasses()
            .that()
            .resideInAPackage("org.meridian.testkit.simulation..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("org.meridian..", "java..", "org.jspecify..")
            .allowEmptyShould(false);

    /** A pipe, a device or a huge file would keep a command for ever; KeyCheck looks at 64 bytes of regular files. */
    static final ArchRule FILES_ARE_READ_WITH_A_BOUND = noClasses()
            .that()
            .resideInAPackage("org.meridian..")
            .and()
            .resideOutsideOfPackages("org.meridian.core.file..", "org.meridian.testkit..")
            .and()
            .doNotHaveSimpleName("KeyCheck")
            .should()
            .callMethodWhere(DescribedPredicate.describe("read a whole file", Rules::readsFile))
            .allowEmptyShould(false);

    private Rules() {}

    static Stream<ArchRule> all() {
        return Stream.of(
                CORE_STANDS_ALONE,
                CONFIG,
                DRIVERS,
                TESTKIT,
                WEB,
                WEB_SERVES_ALONE,
                DRIVERS_STAND_ALONE,
                STANDARD_STREAMS,
                NAMES,
                CLI_ONLY_SIMULATES,
                SIMULATION_NEEDS_NO_TEST_LIBRARY,
                PLAN_IS_PURE,
                FILES_ARE_READ_WITH_A_BOUND);
    }

    private static ArchRule knowsNothingOf(String module, String... others) {
        String[] packages =
                Stream.of(others).map(other -> "org.meridian." + other + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.meridian." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(false);
    }

    private static boolean readsFile(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Files.class)
                && Set.of("readString", "readAllBytes", "readAllLines", "lines", "newInputStream", "newBufferedReader")
                        .contains(call.getName());
    }

    private static boolean isThread(JavaClass type) {
        return type.isAssignableTo(Thread.class);
    }

    /** The technology that a driver is for: the package below org.meridian.drivers. */
    private static String technology(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 3 ? parts[3] : "";
    }

    /** What drivers may share. */
    private static final Set<String> SHARED = Set.of("command", "http", "state", "secret");

    private static ArchCondition<JavaClass> dependOnNoOtherDriver() {
        var drivers = resideInAPackage("org.meridian.drivers..");
        return new ArchCondition<>(
                "depend on no other driver, only on drivers/command, drivers/http, drivers/state and drivers/secret") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> drivers.test(dependency.getTargetClass()))
                        .filter(dependency -> {
                            String target = technology(dependency.getTargetClass());
                            return !target.equals(technology(type)) && !SHARED.contains(target);
                        })
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }
}
