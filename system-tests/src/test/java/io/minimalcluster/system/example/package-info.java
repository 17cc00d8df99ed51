/** What is written for users to copy, done as it is written there. */
@NullMarked
package io.minimalcluster.system.example;

import org.jspecify.annotations.NullMarked;
