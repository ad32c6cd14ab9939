using Sigma.Cli;

return CommandLine.Run(args, ProcessEnvironment.Open());
