/** One class for each command, on {@link io.minimalcluster.client.Client} alone. */
@NullMarked
package io.minimalcluster.client.cli.command;

import org.jspecify.annotations.NullMarked;
