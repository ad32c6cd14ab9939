using Sigma.Cli;

return CommandLine.Run(args, new ProcessEnvironment());
