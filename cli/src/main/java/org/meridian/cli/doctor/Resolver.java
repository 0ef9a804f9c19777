package org.meridian.cli.doctor;

import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.DnsAddress;

/**
 * Asks DNS for a name's A and AAAA records, as users' machines do. This machine's own way to look names up also reads its hosts file, and
 * hides IPv6 where the machine has none.
 */
final class Resolver implements DnsCheck.Records {
    private static final String FIRST_WAIT_MS = "2000";
    private static final String TRIES = "3";

    private final Properties settings = new Properties();

    /** The resolver that this machine is set up with. */
    Resolver() {
        this("dns:");
    }

    /** The one at an address such as {@code dns://127.0.0.1:53}. */
    Resolver(String address) {
        settings.setProperty(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.setProperty(Context.PROVIDER_URL, address);
        settings.setProperty("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MS);
        settings.setProperty("com.sun.jndi.dns.timeout.retries", TRIES);
    }

    /** A query for each type: one for both would be for any type, which many servers refuse (RFC 8482). */
    @Override
    public Set<DnsAddress> of(String name) {
        Set<DnsAddress> all = new TreeSet<>(records(name, "A"));
        all.addAll(records(name, "AAAA"));
        return all;
    }

    /**
     * What makes JNDI dangerous are names that lead to other services than DNS, which hand out objects: a host name of the configuration has no
     * scheme, and records are read as text.
     */
    @SuppressWarnings("BanJNDI")
    private Set<DnsAddress> records(String name, String type) {
        try {
            DirContext dns = new InitialDirContext(settings);
            try {
                return addresses(Optional.ofNullable(
                        dns.getAttributes(name + ".", new String[] {type}).get(type)));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return Set.of();
        } catch (NamingException e) {
            throw silent(name, type, e);
        }
    }

    private static Set<DnsAddress> addresses(Optional<Attribute> found) throws NamingException {
        Set<DnsAddress> addresses = new TreeSet<>();
        if (found.isPresent()) {
            Collections.list(found.get().getAll()).forEach(value -> addresses.add(DnsAddress.of(value.toString())));
        }
        return addresses;
    }

    private static Failure silent(String name, String type, NamingException problem) {
        return Failure.noAnswer(Diagnostic.of(
                "dns-silent",
                "no resolver says which " + type + " records " + name + " has: " + problem.getMessage(),
                "See whether this machine resolves names at all, and which name servers the domain has."));
    }
}
