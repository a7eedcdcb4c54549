"""What quizapp knows and decides: values and calculations, the standard library only, no clock and no chance."""
