package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Owned;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.model.StoreMark;

/**
 * Which servers were made from this state, and may be changed from it. What another state store made is left alone, whatever
 * tags it has: that store knows what it is for, and this one does not.
 */
public final class Ownership {
    /** The code of the diagnostic that says that servers are another store's. */
    public static final String FOREIGN = "foreign-servers";

    private final Supplier<Optional<StoreIdentity>> asking;
    private volatile Optional<StoreIdentity> known = Optional.empty();

    /** By the identity of a state, which is asked for when a mark is to be read or written. */
    public Ownership(Supplier<Optional<StoreIdentity>> asking) {
        this.asking = requireNonNull(asking, "asking is null");
    }

    /** The mark of what is made now; empty as long as the state has no identity, when nothing can be made. */
    public Optional<StoreMark> mark() {
        return identity().map(StoreIdentity::mark);
    }

    /** Whether something that bears this mark is this state's own. */
    public boolean owns(Optional<StoreMark> mark) {
        if (mark.isEmpty() || known.filter(identity -> identity.owns(mark)).isPresent()) {
            return true;
        }
        // It may have been taken over since.
        known = asking.get();
        return known.filter(identity -> identity.owns(mark)).isPresent();
    }

    /** Those of the servers that another state made. */
    public <T extends Owned> List<T> foreign(Collection<T> servers) {
        return servers.stream().filter(server -> !owns(server.store())).toList();
    }

    /** What to say of servers that another state made: whose they are and what to do, for each such state. */
    public List<Diagnostic> problems(Collection<? extends Owned> servers) {
        return foreign(servers).stream()
                .collect(Collectors.groupingBy(server -> server.store().orElseThrow()))
                .entrySet()
                .stream()
                .map(owner -> problem(owner.getKey(), owner.getValue()))
                .toList();
    }

    /** Throws a Failure that says whose servers there are, unless all are this state's own. */
    public void requireOwn(Collection<? extends Owned> servers) {
        List<Diagnostic> problems = problems(servers);
        if (!problems.isEmpty()) {
            throw Failure.usage(problems);
        }
    }

    /** Throws a Failure when something that another state made has one of these names. */
    public void requireFree(Set<String> names, Collection<? extends Owned> there) {
        requireOwn(there.stream().filter(one -> names.contains(one.label())).toList());
    }

    /** Throws a Failure when another state's server has the name of one that is wanted. */
    public void requireFree(Collection<ServerSpec> wanted, Collection<Server> servers) {
        requireFree(wanted.stream().map(spec -> spec.name().value()).collect(Collectors.toSet()), servers);
    }

    private static Diagnostic problem(StoreMark owner, List<? extends Owned> servers) {
        String names = String.join(
                ", ", servers.stream().map(Owned::label).sorted().limit(3).toList());
        return Diagnostic.of(
                FOREIGN,
                servers.size() + " of the app's servers were made from " + owner + ", not from this one: " + names
                        + (servers.size() > 3 ? " …" : ""),
                "Work with that state: share it with 'state: s3://…' or 'state: postgresql://…' (docs/state.md). If it is lost,"
                        + " take its servers over: meridian adopt " + owner.store() + ".");
    }

    private Optional<StoreIdentity> identity() {
        if (known.isEmpty()) {
            known = asking.get();
        }
        return known;
    }
}
