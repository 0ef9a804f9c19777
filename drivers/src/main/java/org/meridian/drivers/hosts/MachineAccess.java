package org.meridian.drivers.hosts;

import org.meridian.core.model.SshAddress;
import org.meridian.drivers.command.CommandRunner;

/** Gets to machines; over SSH, or in a test without. */
public interface MachineAccess {
    /** Runs commands as root there. */
    CommandRunner to(SshAddress machine);

    /** The SSH host key that the machine proved to have, in OpenSSH's public form. */
    String hostKey(SshAddress machine) throws InterruptedException;

    /** The machine's real name or address, without a port. */
    String host(SshAddress machine);
}
