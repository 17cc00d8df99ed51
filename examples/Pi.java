/// Estimates Pi: the share of random points of the unit square that lie in the quarter circle is a quarter of it.
///
///     ./minimalcluster run examples/Pi.java -f pi --range 0..1000000 --reduce mean

/// 4 if the i-th random point lies in the quarter circle, else 0: the mean of many such values is about Pi.
int pi(long i) {
    return 4 * inside(i);
}

/// 1 if the i-th random point lies in the quarter circle, else 0; the same for the same i, wherever it runs.
int inside(long i) {
    var random = new SplittableRandom(i);
    double x = random.nextDouble();
    double y = random.nextDouble();
    return x * x + y * y <= 1 ? 1 : 0;
}
