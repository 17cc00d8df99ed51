package io.minimalcluster.master.store;

/** What databases want to hear in different words. All else is one set of statements. */
enum Dialect {
    SQLITE("begin", "begin immediate");

    private final String beginToRead;
    private final String beginToWrite;

    Dialect(String beginToRead, String beginToWrite) {
        this.beginToRead = beginToRead;
        this.beginToWrite = beginToWrite;
    }

    /** Begins a transaction that sees one state from its first look to its end. */
    String beginToRead() {
        return beginToRead;
    }

    /** Begins a transaction that writes, and waits for its turn at once rather than at a later statement. */
    String beginToWrite() {
        return beginToWrite;
    }
}
