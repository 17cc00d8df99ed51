/** Chooses and opens the database of the store from the settings. */
@NullMarked
package io.minimalcluster.master.store.configuration;

import org.jspecify.annotations.NullMarked;
