/** Options and arguments that several commands share. */
@NullMarked
package io.minimalcluster.client.cli.option;

import org.jspecify.annotations.NullMarked;
