/**
 * Where everything is kept: units of work run in transactions, and what is done is on disk. Knows no table; each
 * feature brings its own statements.
 */
@NullMarked
package io.minimalcluster.master.store;

import org.jspecify.annotations.NullMarked;
