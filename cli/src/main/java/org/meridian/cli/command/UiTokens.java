package org.meridian.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.meridian.core.local.LocalDirectory;
import org.meridian.web.security.TokenFile;
import org.meridian.web.security.TokenFile.Kept;
import org.meridian.web.security.Tokens;

/**
 * The dashboard's tokens and where they are kept.
 *
 * @param directory where
 * @param operator  for those who act
 * @param viewer    for those who only look; empty when nobody does
 */
record UiTokens(Path directory, Kept operator, Optional<Kept> viewer) {
    private static final String OPERATOR = "ui-token";
    private static final String VIEWER = "ui-viewer-token";

    /** Those kept in a directory, made where they are missing. */
    static UiTokens in(Path directory, boolean renew, boolean viewers) {
        LocalDirectory local = LocalDirectory.at(directory);
        Kept operator = new TokenFile(local, OPERATOR).token(renew);
        Optional<Kept> viewer = viewers ? Optional.of(new TokenFile(local, VIEWER).token(renew)) : Optional.empty();
        return new UiTokens(directory, operator, viewer);
    }

    Tokens tokens() {
        return new Tokens(operator.token(), viewer.map(Kept::token));
    }

    Path operatorFile() {
        return directory.resolve(OPERATOR);
    }

    Path viewerFile() {
        return directory.resolve(VIEWER);
    }
}
