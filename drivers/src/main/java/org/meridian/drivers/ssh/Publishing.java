package org.meridian.drivers.ssh;

/** From where a server's app is reached under the port that it is published at. */
public enum Publishing {
    /** From everywhere: an edge is on another machine. A firewall decides who else gets there. */
    TO_THE_NETWORK(""),

    /** From the machine itself alone, where a proxy is. */
    TO_THE_MACHINE("127.0.0.1:");

    private final String address;

    Publishing(String address) {
        this.address = address;
    }

    /** The short form of a Compose file's {@code ports}. */
    String port(int published, int inside) {
        return address + published + ":" + inside;
    }
}
