# R's deSolve: lsoda on a compiled right-hand side, doses as events. Called as
#   Rscript desolve_lsoda.R short|long|small ROOT OUT.json
# with the compiled model's path in DESOLVE_MODEL.
suppressPackageStartupMessages(library(deSolve))
arguments <- commandArgs(trailingOnly = TRUE)
setting <- list(
  short = list(n = 1000, dose = 12, output = 0.5, until = 336, some = 100),
  long = list(n = 100, dose = 24, output = 24, until = 8760, some = 20),
  small = list(n = 1, dose = 24, output = 1, until = 24, some = 1)
)[[arguments[1]]]
root <- arguments[2]
dll <- Sys.getenv("DESOLVE_MODEL")
dyn.load(dll)
dll_name <- sub("\\.so$", "", basename(dll))

typical <- c(kd = 3, kge = 2, Vmax = 0.35, Km = 3, kp = 0.05, kt = 0.3, kc = 0.01, kf = 0.04,
  k56 = 0.3, k65 = 0.0255, k57 = 0.02, k75 = 0.00102, GFR = 7.2, fu = 0.7,
  Tm = 5.501317348460637, Kr = 0.2, s = 0.02, V = 15, kin = 1 / 6)
subjects <- read.csv(file.path(root, "data/reference_problem_subjects.csv"))[seq_len(setting$some), ]
times <- seq(0, setting$until, by = setting$output)
doses <- seq(0, setting$until - setting$dose, by = setting$dose)
n_values <- setting$n * length(times) * 8
reference <- readBin(file.path(root, "out/bench", paste0("reference_", arguments[1], ".bin")),
  "double", n_values, endian = "little")
reference <- array(reference, c(8, length(times), setting$n))[, , seq_len(setting$some), drop = FALSE]
at_dose <- times %in% doses

start <- c(x1 = 12.3, x2 = 0, x3 = 0, x4 = 0, x5 = 12.75, x6 = 150, x7 = 250, x8 = 0)
# The first dose is in the start; deSolve applies the others.
events <- if (length(doses) > 1) {
  list(data = data.frame(var = "x1", time = doses[-1], value = 12.3, method = "add"))
}
numbers_of <- function(i) {
  numbers <- typical
  for (name in names(subjects)[-1]) numbers[name] <- subjects[i, name]
  numbers
}
numbers <- lapply(seq_len(setting$some), numbers_of)

solve_all <- function(method, rtol, atol) {
  result <- array(NA_real_, c(8, length(times), setting$some))
  for (i in seq_len(setting$some)) {
    result[, , i] <- t(ode(start, times, "slope", numbers[[i]], method = method, dllname = dll_name,
      initfunc = "start_model", rtol = rtol, atol = atol, events = events,
      maxsteps = 100000)[, -1])
  }
  result
}

points <- character()
for (method in c("lsoda", "adams")) {
  for (rtol in 10^-(4:9)) {
    atol <- rtol * 1e-3
    repeats <- if (setting$n == 1) 1000 else 1
    clock <- system.time(for (k in seq_len(repeats)) result <- solve_all(method, rtol, atol))
    error <- abs(result - reference) / pmax(abs(reference), 1e-3)
    error[1, at_dose, ] <- 0
    points <- c(points, sprintf(
      paste0('{"setting": "%s, rtol %.2g, atol %.2g mmol", "seconds": %.9g, "cpu_seconds": %.9g, ',
        '"n_subjects": %d, "max_error": %s}'),
      method, rtol, atol, clock[["elapsed"]] / repeats,
      (clock[["user.self"]] + clock[["sys.self"]]) / repeats, as.integer(setting$some),
      if (all(is.finite(error))) sprintf("%.9g", max(error)) else "null"))
  }
}
version <- paste0(packageVersion("deSolve"), ", R ", getRversion())
writeLines(sprintf('{"name": "R deSolve, compiled", "version": "%s", "problem": "%s", "points": [\n%s\n]}',
  version, arguments[1], paste(points, collapse = ",\n")), arguments[3])
