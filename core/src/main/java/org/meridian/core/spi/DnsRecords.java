package org.meridian.core.spi;

import java.util.List;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.DnsRecord;

/**
 * The records of an app's names at a DNS provider, on request kept as its machines are.
 *
 * <p>Every call is safe to repeat, has a time limit of its own, and throws {@link org.meridian.core.diagnostic.Failure} when the provider
 * does not do what was asked; one of kind NO_ANSWER when nobody answered.
 */
public interface DnsRecords extends AutoCloseable {
    /** What decides where users of a name come to: its addresses, and another name that it stands for; of whomever they are. */
    List<DnsRecord> read(String name) throws InterruptedException;

    /** Lets a name have an address, marked as Meridian's; one that has it already stays as it is, whosever it is. */
    void add(String name, DnsAddress address) throws InterruptedException;

    /** Removes a record that {@link DnsRecord#ours() is Meridian's}; throws IllegalArgumentException for any other. */
    void remove(DnsRecord record) throws InterruptedException;

    @Override
    void close();
}
