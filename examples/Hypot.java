/// A function of two arguments: each task is an array of both.
///
///     ./minimalcluster run examples/Hypot.java -f hypotenuse --args '[[3,4],[5,12],[8,15]]'

/// The longest side of a right triangle.
double hypotenuse(double a, double b) {
    return Math.hypot(a, b);
}
