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
 * @param reader    for those who only look; empty when nobody does
 */
record UiTokens(Path directory, Kept operator, Optional<Kept> reader) {
    private static final String OPERATOR = "ui-token";
    private static final String READER = "ui-reader-token";

    /** Those kept in a directory, made where they are missing. */
    static UiTokens in(Path directory, boolean anew, boolean readers) {
        LocalDirectory local = LocalDirectory.at(directory);
        Kept operator = new TokenFile(local, OPERATOR).token(anew);
        Optional<Kept> reader = readers ? Optional.of(new TokenFile(local, READER).token(anew)) : Optional.empty();
        return new UiTokens(directory, operator, reader);
    }

    Tokens tokens() {
        return new Tokens(operator.token(), reader.map(Kept::token));
    }

    Path operatorFile() {
        return directory.resolve(OPERATOR);
    }

    Path readerFile() {
        return directory.resolve(READER);
    }
}
