package org.meridian.core.model;

import java.util.Optional;

/** Something that was made from a state, which alone may change it. */
public interface Owned {
    /** What it is called. */
    String label();

    /** The state that it was made from, from its tags; empty when it was made before there were marks. */
    Optional<StoreMark> store();
}
