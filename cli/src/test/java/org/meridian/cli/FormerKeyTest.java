package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.KeyRotation.Phase;

final class FormerKeyTest {
    private static final KeyRotation ROTATION = new KeyRotation("A", "B", Phase.DONE, "ann@laptop", Instant.EPOCH);

    @Test
    void a_deployer_that_still_has_the_key_that_was_replaced_is_told_so_before_it_begins() {
        assertThatThrownBy(() -> FormerKey.refuse("A", Optional.of(ROTATION)))
                .hasMessageContaining("was replaced by ann@laptop");
    }

    @Test
    void either_key_will_do_while_the_rotation_is_under_way_and_any_where_there_was_none() {
        FormerKey.refuse("B", Optional.of(ROTATION));
        FormerKey.refuse("A", Optional.of(ROTATION.in(Phase.REMOVING)));
        FormerKey.refuse("A", Optional.of(ROTATION.in(Phase.UNDONE)));
        FormerKey.refuse("A", Optional.empty());
    }
}
