package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

class RedactionTest {
    @Test
    void everyValueIsMaskedWhereverItStands() {
        Redaction redaction = hiding("hunter2", "s3cret");
        assertThat(redaction.mask("mysql://app:hunter2@db, again hunter2; s3cret"))
                .isEqualTo("mysql://app:***@db, again ***; ***");
    }

    @Test
    void aValueThatIsPartOfAnotherLeavesNoRest() {
        assertThat(hiding("pass", "password1").mask("password1 pass")).isEqualTo("*** ***");
    }

    @Test
    void shortValuesWouldTakeWordsApart() {
        assertThat(hiding("1", "on", "abc").mask("1 on abc")).isEqualTo("1 on abc");
        assertThat(hiding("abcd").mask("abcd")).isEqualTo("***");
    }

    @Test
    void theLinesOfAKeyAreMaskedByThemselves() {
        Redaction redaction = hiding("-----BEGIN KEY-----\nMIIEvQIBADANBg\nEND\n");
        assertThat(redaction.mask("log | MIIEvQIBADANBg\nlog | END")).isEqualTo("log | ***\nlog | END");
    }

    @Test
    void aFailureKeepsItsKindAndTellsNothing() {
        Failure failure = Failure.needsPerson(
                new Diagnostic("code", "hunter2 refused", "see hunter2", "not hunter2", Optional.empty()));
        Failure masked = hiding("hunter2").mask(failure);
        assertThat(masked.kind()).isEqualTo(Failure.Kind.NEEDS_PERSON);
        assertThat(masked).hasMessage("*** refused").hasNoCause();
        assertThat(masked.diagnostic().detail()).isEqualTo("see ***");
        assertThat(masked.diagnostic().suggestion()).isEqualTo("not ***");
    }

    private static Redaction hiding(String... values) {
        return new Redaction(List.of(values).stream().map(Secret::of).toList());
    }
}
