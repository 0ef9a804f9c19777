package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormTest {
    @Test
    void decodesFields() {
        Form form = Form.parse("title=Gr%C3%BC%C3%9Fe+%26+mehr&body=x%3Dy");

        assertThat(form.text("title", 100)).isEqualTo("Grüße & mehr");
        assertThat(form.text("body", 100)).isEqualTo("x=y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "title=", "title=+++", "title", "=x"})
    void asksForWhatIsMissing(String encoded) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> Form.parse(encoded).text("title", 100))
                .withMessage("Please fill in the title.");
    }

    @Test
    void saysHowLongATextMayBe() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> Form.parse("title=abcd").text("title", 3))
                .withMessage("The title has 4 characters; at most 3 are possible.");
    }

    @Test
    void refusesABrokenEncoding() {
        assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> Form.parse("title=%zz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seconds=11", "seconds=-1", "seconds=1.5", "seconds=99999999999", "seconds=two"})
    void refusesNumbersOutOfRange(String encoded) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> Form.parse(encoded).number("seconds", 2, 10))
                .withMessage("seconds must be a whole number from 0 to 10.");
    }

    @Test
    void hasADefaultForNumbers() {
        assertThat(Form.parse("").number("seconds", 2, 10)).isEqualTo(2);
        assertThat(Form.parse("seconds=0").number("seconds", 2, 10)).isZero();
    }
}
