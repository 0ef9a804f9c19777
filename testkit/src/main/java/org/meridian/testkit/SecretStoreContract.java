package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.SecretStore.Values;
import org.meridian.core.spi.SecretStore.Wanted;

/** What every source of secrets must do. A source's test extends this and says how secrets get there. */
public abstract class SecretStoreContract {
    /** A value that nothing may show. */
    protected static final String VALUE = "hunter2";

    /** The source; the same one for the length of a test. */
    protected abstract SecretStore store();

    /** Puts these secrets there, in the place of those before, and returns what names them in a reference. */
    protected abstract String put(Map<String, String> values);

    /** Puts a text there that is no names and values, and has {@link #VALUE} in it; returns what names it. */
    protected abstract String putNonsense();

    /** What names secrets that are not there. */
    protected abstract String missing();

    /** A version that never was; only asked for where versions are kept. */
    protected abstract String unknownVersion();

    /** Where the region is that asks. */
    protected String location() {
        return "DE";
    }

    @Test
    final void gives_names_and_values() throws InterruptedException {
        String name = put(Map.of("A", "1", "EMPTY", "", "URL", "postgres://u:p@h/d?a=b#c"));

        assertThat(values(name)).isEqualTo(Map.of("A", "1", "EMPTY", "", "URL", "postgres://u:p@h/d?a=b#c"));
    }

    @Test
    final void gives_every_value_as_it_is() throws InterruptedException {
        Map<String, String> hard = Map.of(
                "LINES", "-----BEGIN\none\n\ntwo\n-----END\n",
                "QUOTES", "it's \"so\" \\ and \\n",
                "SHELL", "$HOME ${B} `id` $(id) %s",
                "LETTERS", "pässwörd \u2603 \uD83D\uDD11",
                "BLANKS", "  two  words  # no comment ");

        assertThat(values(put(hard))).isEqualTo(hard);
    }

    @Test
    final void has_a_version_that_changes_with_the_content_alone() throws InterruptedException {
        String name = put(Map.of("A", "1", "B", "2"));
        String first = today(name).version();

        assertThat(today(name).version()).isEqualTo(first).doesNotContain("@");
        assertThat(today(put(Map.of("A", "1", "B", "3"))).version()).isNotEqualTo(first);
    }

    @Test
    final void gives_a_former_version_or_lets_it_be_seen_that_it_is_gone() throws InterruptedException {
        String name = put(Map.of("A", "1"));
        String former = today(name).version();
        put(Map.of("A", "2"));

        Values again = fetch(name, Optional.of(former));

        if (store().keepsVersions()) {
            assertThat(again.version()).isEqualTo(former);
            assertThat(revealed(again)).isEqualTo(Map.of("A", "1"));
        } else {
            assertThat(again.version()).isNotEqualTo(former);
        }
        assertThat(values(name)).isEqualTo(Map.of("A", "2"));
    }

    @Test
    final void says_when_a_version_is_not_there() {
        String name = put(Map.of("A", VALUE));
        if (!store().keepsVersions()) {
            return;
        }

        Failure failure = failure(name, Optional.of(unknownVersion()));

        assertThat(failure.diagnostic().code()).isEqualTo(SecretStore.NO_SUCH_VERSION);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        requireUseful(failure, name);
    }

    @Test
    final void says_what_is_missing_and_what_to_do() {
        requireUseful(failure(missing(), Optional.empty()), missing());
    }

    @Test
    final void shows_nothing_of_what_it_can_not_read() {
        String name = putNonsense();

        Failure failure = failure(name, Optional.empty());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        requireUseful(failure, name);
    }

    @Test
    final void refuses_names_that_meridian_sets_itself() {
        String name = put(Map.of("A", VALUE, "MERIDIAN_REGION", VALUE));

        Failure failure = failure(name, Optional.empty());

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessageContaining("MERIDIAN_REGION");
        requireUseful(failure, name);
    }

    @Test
    final void prints_no_value() throws InterruptedException {
        assertThat(today(put(Map.of("A", VALUE))).toString()).doesNotContain(VALUE);
    }

    @Test
    final void has_a_scheme_that_a_reference_can_begin_with() {
        assertThat(store().scheme()).matches("[a-z][a-z-]*");
    }

    /** Today's values of a name. */
    protected final Map<String, String> values(String name) throws InterruptedException {
        return revealed(today(name));
    }

    /** What is there today. */
    protected final Values today(String name) throws InterruptedException {
        return fetch(name, Optional.empty());
    }

    /** Why it can't be had. */
    protected final Failure failure(String name, Optional<String> version) {
        Failure failure = catchThrowableOfType(Failure.class, () -> fetch(name, version));
        assertThat(failure).as("a failure of " + name).isNotNull();
        return failure;
    }

    /** A failure that a person can act on, and that gives nothing away. */
    protected static void requireUseful(Failure failure, String name) {
        assertThat(failure.diagnostics()).allSatisfy(problem -> {
            assertThat(problem.summary() + problem.detail()).contains(name);
            assertThat(problem.suggestion()).isNotBlank();
        });
        assertThat(failure.diagnostics().toString()).doesNotContain(VALUE);
    }

    private Values fetch(String name, Optional<String> version) throws InterruptedException {
        return store().fetch(new Wanted(name, version, location()));
    }

    private static Map<String, String> revealed(Values values) {
        return values.values().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .reveal()));
    }
}
