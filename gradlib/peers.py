"""Other people's code beside ours, where it is installed. Nothing of the course needs it."""

import warnings


def scikit_learn(X, y, step_size, batch_size, epochs, seeds, units=64):
    """Networks of scikit-learn's MLPClassifier, trained as in lesson 12: one hidden layer of tanh, plain SGD.

    X (n, d), y (n,) labels. Returns, for each seed, the function that reads new X; None without scikit-learn.
    """
    try:
        from sklearn.neural_network import MLPClassifier
    except ModuleNotFoundError:
        return None
    recipe = {"activation": "tanh", "solver": "sgd", "learning_rate_init": step_size, "momentum": 0, "alpha": 0,
              "batch_size": batch_size, "max_iter": epochs, "n_iter_no_change": epochs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")   # it says that it could be trained further
        return [MLPClassifier((units,), random_state=seed, **recipe).fit(X, y).predict for seed in seeds]
