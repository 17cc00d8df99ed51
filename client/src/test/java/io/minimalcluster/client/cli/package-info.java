@NullMarked
package io.minimalcluster.client.cli;

import org.jspecify.annotations.NullMarked;
