package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.core.model.CommandLine;

/** Checks references to secrets as far as that is possible without asking a store. */
final class SecretReferences {
    private static final List<String> SCHEMES = List.of("env-file", "aws-secretsmanager", "command", "vault");
    private static final String ENV_EXAMPLE = "env:MERIDIAN_DEPLOY_KEY";
    private static final String EXAMPLE = "Write env-file: and a path beside this file, such as env-file:secrets.env.";
    private static final String AWS_EXAMPLE =
            "Write aws-secretsmanager:NAME, with REGION: before the name and @VERSION after it where needed, or an ARN.";
    private static final String VAULT_EXAMPLE =
            "Write vault:MOUNT/PATH, such as vault:secret/journal/eu, and @VERSION where it is not to be the newest.";

    // AWS Secrets Manager API Reference, "CreateSecret": the characters of a name; @ begins a version too.
    /** An ARN is the longest, see "GetSecretValue" there. */
    private static final int LONGEST = 2048;

    private static final Pattern AWS = Pattern.compile("(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:"
            + "|[a-z]{2,4}(-[a-z]{1,20}){1,3}-\\d{1,2}:)?[A-Za-z0-9/_+=.@-]+");
    private static final Pattern VAULT = Pattern.compile("[^/@\\s]+/[^@\\s]*[^@/\\s](@[1-9]\\d{0,8})?");

    private final Path directory;

    SecretReferences(Path directory) {
        this.directory = directory;
    }

    /** The one secret that Meridian's own SSH key is; it may be in the environment too. */
    Optional<SecretReference> deployKey(Optional<Field> field) {
        return field.flatMap(one ->
                one.text().filter(text -> checkKey(one, text)).map(text -> new SecretReference(text, one.where())));
    }

    private boolean checkKey(Field field, String reference) {
        if (reference.contains("-----BEGIN")) {
            // Not repeated: this is the very thing that nobody may see.
            field.error(
                    "secret-in-file",
                    "this is a private key itself, which does not belong into this file",
                    "Make another one, keep it in a store of secrets, and write where it is, such as " + ENV_EXAMPLE
                            + ".");
            return false;
        }
        if (!reference.startsWith("env:")) {
            return check(field, reference);
        }
        boolean fits = SecretsReader.isName(reference.substring("env:".length()));
        if (!fits) {
            field.error(
                    "wrong-value",
                    "'" + reference + "' does not name a variable of the environment",
                    "Write env: and a name, such as " + ENV_EXAMPLE + ".");
        }
        return fits;
    }

    /** One reference, as it is written. */
    Optional<String> one(Field field) {
        return field.text().filter(text -> check(field, text));
    }

    /** The references in order, as they are written. */
    List<String> read(Optional<Field> field) {
        return field.map(one -> one.itemsOrSelf(EXAMPLE)).orElse(List.of()).stream()
                .flatMap(item -> one(item).stream())
                .toList();
    }

    private boolean check(Field field, String reference) {
        int colon = reference.indexOf(':');
        if (colon < 1 || colon == reference.length() - 1) {
            field.error("wrong-value", "'" + reference + "' is not a reference to secrets", EXAMPLE);
            return false;
        }
        String scheme = reference.substring(0, colon);
        String name = reference.substring(colon + 1);
        return switch (scheme) {
            case "env-file" -> checkFile(field, name);
            case "aws-secretsmanager" ->
                checkForm(field, AWS, name, "is not the name of a secret in AWS Secrets Manager", AWS_EXAMPLE);
            case "vault" -> checkForm(field, VAULT, name, "is not the place of a secret in Vault", VAULT_EXAMPLE);
            case "command" -> checkCommand(field, name);
            default -> unknown(field, scheme);
        };
    }

    private static boolean unknown(Field field, String scheme) {
        field.error(
                "unknown-value",
                "'" + scheme + "' is not a known store of secrets; known: " + String.join(", ", SCHEMES),
                Closest.to(scheme, SCHEMES)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse(EXAMPLE));
        return false;
    }

    private static boolean checkForm(Field field, Pattern form, String name, String what, String example) {
        boolean fits = name.length() <= LONGEST && form.matcher(name).matches();
        if (!fits) {
            field.error("wrong-value", "'" + name + "' " + what, example);
        }
        return fits;
    }

    private static boolean checkCommand(Field field, String line) {
        try {
            if (!CommandLine.split(line).isEmpty()) {
                return true;
            }
            field.error("empty-value", "there is no command", "Write command: and a command line.");
        } catch (IllegalArgumentException e) {
            field.error("wrong-command", String.valueOf(e.getMessage()), "Quote it, or let a script of yours do more.");
        }
        return false;
    }

    private boolean checkFile(Field field, String path) {
        Optional<Path> file = WrittenPath.of(directory, path);
        if (file.isEmpty()) {
            field.error("wrong-value", "'" + path + "' is not a path", EXAMPLE);
            return false;
        }
        boolean readable =
                file.filter(Files::isRegularFile).filter(Files::isReadable).isPresent();
        if (!readable) {
            field.error(
                    "missing-file",
                    file.filter(Files::exists).isPresent()
                            ? file.get() + " is not a file that can be read"
                            : "there is no file " + file.get(),
                    "Create it with NAME=value lines, or correct the path; it counts from this file's directory.");
        }
        return readable;
    }
}
