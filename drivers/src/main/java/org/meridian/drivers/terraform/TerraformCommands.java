package org.meridian.drivers.terraform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.meridian.drivers.command.Command;

/**
 * The Terraform commands about one directory, as data.
 *
 * @param settings  how Terraform is run
 * @param directory the root module's directory
 */
record TerraformCommands(TerraformSettings settings, Path directory) {
    private static final Duration INIT = Duration.ofMinutes(15);
    private static final Duration READ = Duration.ofMinutes(1);
    private static final int LEAST_AT_ONCE = 10;
    private static final int MOST_AT_ONCE = 100;

    /** Variables for every command; {@code TF_DATA_DIR} and {@code TF_WORKSPACE} of the person would lead elsewhere. */
    Map<String, String> variables() {
        return Map.of(
                "TF_IN_AUTOMATION", "1",
                "TF_INPUT", "0",
                "CHECKPOINT_DISABLE", "1",
                "TF_DATA_DIR", ".terraform",
                "TF_WORKSPACE", "default",
                "TF_PLUGIN_CACHE_DIR", settings.pluginCache().toString());
    }

    Command init() {
        return terraform("init", "-json", "-input=false", "-upgrade=false").within(INIT);
    }

    /** {@code -reconfigure}: a backend that the configuration changed is simply read from then on. */
    Command initReader() {
        return terraform("init", "-json", "-input=false", "-reconfigure").within(READ);
    }

    /** Applies what the directory says, with all servers being made at the same time. */
    Command apply(int servers) {
        return changing("apply").with(atOnce(servers));
    }

    /** Destroys all that the state holds. */
    Command destroy(int servers) {
        return changing("destroy").with(atOnce(servers));
    }

    /** Tells what an apply would do, and writes it into a file. */
    Command plan(Path file) {
        return terraform("plan", "-json", "-input=false", lockTimeout(), "-out=" + file)
                .within(settings.within());
    }

    /** Tells what an apply would do; takes no lock, because nothing depends on it. */
    Command preview(Path variables) {
        return terraform("plan", "-json", "-input=false", "-lock=false", "-var-file=" + variables)
                .within(settings.within());
    }

    /** Applies a plan that {@link #plan} wrote. */
    Command apply(Path plan, int servers) {
        return changing("apply").with(atOnce(servers), plan.toString());
    }

    /** Prints the state as it is stored. */
    Command pull() {
        String[] terraform = terraform("state", "pull").argv().toArray(String[]::new);
        return Command.of("env", "TF_DATA_DIR=.terraform", "TF_WORKSPACE=default")
                .with(terraform)
                .within(READ);
    }

    private Command changing(String verb) {
        return terraform(verb, "-json", "-input=false", "-auto-approve", lockTimeout())
                .within(settings.within());
    }

    /** Long enough for a run that another deployer ends just now; nobody's lock is ever taken away. */
    private String lockTimeout() {
        return "-lock-timeout=" + settings.lockWithin().toSeconds() + "s";
    }

    private static String atOnce(int servers) {
        return "-parallelism=" + Math.clamp(2L * servers, LEAST_AT_ONCE, MOST_AT_ONCE);
    }

    private Command terraform(String... arguments) {
        return Command.of(settings.program(), "-chdir=" + directory).with(arguments);
    }
}
