package org.meridian.cli.view;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.operation.KeyReport;
import org.meridian.core.operation.RotationResult;

/** Keys as people read them: by fingerprint, as ssh-keygen -l shows them. */
public final class KeysText {
    private final Style style;

    KeysText(Style style) {
        this.style = style;
    }

    List<String> lines(KeyReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Deploy key: " + fingerprint(report.current()) + ", " + report.source());
        report.rotation()
                .filter(KeyRotation::underWay)
                .ifPresent(rotation -> lines.add("Rotation: " + words(rotation)));
        var table = new Table("machine", "accepts", "which is");
        for (KeyReport.At at : report.places()) {
            at.problem().ifPresent(problem -> table.row(at.name(), style.bad() + " not known", problem.summary()));
            at.lines().forEach(line -> table.row(at.name(), fingerprint(line), which(report, line)));
            if (at.lines().isEmpty() && at.problem().isEmpty()) {
                table.row(at.name(), "-", "no key");
            }
        }
        lines.addAll(report.places().isEmpty() ? List.of("There is no machine yet.") : table.lines(style));
        return lines;
    }

    /** What a machine's line is to this deployer. */
    static String which(KeyReport report, String line) {
        if (line.contains(report.current())) {
            return "the deploy key";
        }
        boolean rotated = report.rotation()
                .filter(one -> line.contains(one.from()) || line.contains(one.to()))
                .isPresent();
        return rotated ? "the other key of the rotation" : "another: " + Visible.of(comment(line));
    }

    private static String comment(String line) {
        String[] parts = line.split(" ", -1);
        return parts.length > 2 ? parts[parts.length - 1] : "without a name";
    }

    private static String words(KeyRotation rotation) {
        return (rotation.phase() == KeyRotation.Phase.UNDOING ? "being undone, " : "") + "to "
                + fingerprint(rotation.to()) + ", begun by " + Visible.of(rotation.who()) + " on "
                + Times.second(rotation.since()) + " UTC; " + kept(rotation);
    }

    /** What holds while a rotation is so far. */
    public static String kept(KeyRotation rotation) {
        return switch (rotation.phase()) {
            case ADDING -> "the former key stays everywhere until every machine accepts the new one";
            case REMOVING -> "every machine accepts the new key; those that are left accept the former one too";
            case UNDOING -> "those that are left accept the new key still";
            case DONE, UNDONE -> "it is over";
        };
    }

    /** What was done, and what a person does next. */
    public static String done(RotationResult result) {
        KeyRotation rotation = result.rotation();
        String machines = result.done() + (result.done() == 1 ? " machine" : " machines");
        return switch (rotation.phase()) {
            case DONE ->
                "The deploy key is " + fingerprint(rotation.to()) + " now; the former one was removed from " + machines
                        + ".";
            case UNDONE -> "The new key was removed from " + machines + "; the deploy key is the former one.";
            case ADDING, REMOVING, UNDOING ->
                machines + " accept both keys. Now store the new one, " + fingerprint(rotation.to())
                        + ", where 'ssh.deploy_key' points, for everybody and for CI; then run 'meridian keys rotate'"
                        + " again, which removes the former one.";
        };
    }

    /** The SHA-256 of the key's blob, in Base64 without padding (ssh-keygen(1), -E); the line's type tells where it is. */
    static String fingerprint(String line) {
        try {
            return "SHA256:"
                    + Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(blob(line)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IllegalArgumentException e) {
            return "not a key";
        }
    }

    /** What follows the type; options before it may have blanks in quotes. */
    private static byte[] blob(String line) {
        String[] parts = line.split(" ", -1);
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].matches("(ssh-|ecdsa-|sk-)[a-z0-9@.-]+") && parts[i + 1].startsWith("AAAA")) {
                return Base64.getDecoder().decode(parts[i + 1]);
            }
        }
        throw new IllegalArgumentException("there is no key in it");
    }
}
