package org.meridian.drivers.ssh;

/** A registry on this machine that has what servers get pushed. */
@FunctionalInterface
public interface ImageSource {
    /** Its port on 127.0.0.1, where it asks for no login; makes it run. */
    int port() throws InterruptedException;
}
