package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.SshSettings;

/** Reads how Meridian gets to machines over SSH. */
final class SshReader {
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final String NONE = "none";
    private static final int MOST_CONNECTIONS = 1000;

    private final Path directory;
    private final Map<String, String> environment;
    private final Path home;

    /** With what paths count from, the variables that name the agent, and the person's home. */
    SshReader(Path directory, Map<String, String> environment) {
        this.directory = requireNonNull(directory, "directory is null");
        this.environment = Map.copyOf(environment);
        this.home = Path.of(System.getProperty("user.home", "/"));
    }

    /** Where the key is that all who deploy share; empty where each machine has its own. */
    Optional<SecretReference> deployKey(Section ssh) {
        return new SecretReferences(directory).deployKey(ssh.find("deploy_key"));
    }

    SshSettings read(Section ssh) {
        Optional<String> user = ssh.find("user").flatMap(field -> field.text().filter(text -> {
            boolean fits = USER.matcher(text).matches();
            if (!fits) {
                field.error("wrong-value", "'" + text + "' can't be a user's name", "Write who logs in, such as ops.");
            }
            return fits;
        }));
        List<Path> keys = each(ssh.find("key"), "Write a file, such as ~/.ssh/id_ed25519.", this::path);
        Optional<Path> agent = file(ssh.find("agent"), environment("SSH_AUTH_SOCK"));
        Optional<Path> config = file(ssh.find("config"), Optional.of(home.resolve(".ssh/config")));
        List<Path> known = each(ssh.find("known_hosts"), "Write a file, such as known_hosts.", this::path);
        List<SshAddress> jump = each(ssh.find("jump"), "Write user@bastion.", HostsReader::address);
        int connections = ssh.find("connections")
                .flatMap(field -> field.number(1, MOST_CONNECTIONS))
                .orElse(SshSettings.USUAL_CONNECTIONS);
        Duration timeout =
                ssh.duration("timeout", SshSettings.USUAL_WITHIN, Duration.ofSeconds(1), Duration.ofMinutes(2));
        return new SshSettings(
                user, keys, agent, config, known.isEmpty() ? usualKnownHosts() : known, jump, connections, timeout);
    }

    /** What ssh reads (ssh_config(5), UserKnownHostsFile and GlobalKnownHostsFile). */
    private List<Path> usualKnownHosts() {
        return List.of(home.resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
    }

    private Optional<Path> environment(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** A file, or none where that is written, or the usual one. */
    private Optional<Path> file(Optional<Field> field, Optional<Path> usual) {
        if (field.isEmpty()) {
            return usual;
        }
        boolean none = field.get().text().filter(NONE::equals).isPresent();
        return none ? Optional.empty() : path(field.get());
    }

    private Optional<Path> path(Field field) {
        return field.text().flatMap(text -> {
            if (text.isBlank()) {
                field.error("empty-value", "there is no value", "Write a file's path.");
                return Optional.empty();
            }
            Optional<Path> path = text.startsWith("~/")
                    ? WrittenPath.of(home, "./" + text.substring(2))
                    : WrittenPath.of(directory, text);
            if (path.isEmpty()) {
                field.error("wrong-value", "'" + text + "' is not a path", "Write a file's path.");
            }
            return path;
        });
    }

    private static <T> List<T> each(Optional<Field> field, String example, Function<Field, Optional<T>> read) {
        return field.map(list -> list.itemsOrSelf(example)).orElse(List.of()).stream()
                .flatMap(item -> read.apply(item).stream())
                .toList();
    }
}
