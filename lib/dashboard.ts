import { Dashboard, GraphWidget, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { alarm, httpMetric, minute, type Watch } from './alarms.ts';
import { type FunctionName, functionName } from './function-id.ts';
import { type Place, socketStageName } from './place.ts';

function apiMetrics(place: Place) {
  const { shared } = place;
  const socket = {
    namespace: 'AWS/ApiGateway',
    dimensionsMap: { ApiId: shared('SocketApiId'), Stage: socketStageName },
    period: minute,
  };
  return {
    requests: httpMetric(place, 'Count'),
    refused: httpMetric(place, '4xx'),
    broken: httpMetric(place, '5xx'),
    latency: httpMetric(place, 'Latency', 'p99'),
    messages: new Metric({ ...socket, metricName: 'MessageCount', statistic: 'Sum' }),
    sockets: new Metric({ ...socket, metricName: 'ConnectCount', statistic: 'Sum' }),
    socketErrors: new MathExpression({
      expression: 'integration + execution',
      usingMetrics: {
        integration: new Metric({ ...socket, metricName: 'IntegrationError', statistic: 'Sum' }),
        execution: new Metric({ ...socket, metricName: 'ExecutionError', statistic: 'Sum' }),
      },
      period: minute,
    }),
  };
}

/**
 * Alarms on what people wait for at the two APIs, and a dashboard of everything. Functions are referred to by name, because they
 * are in other stacks. Those that answer HTTP are not drawn one by one: the API counts what fails in them, and a dashboard is
 * free up to 50 metrics.
 */
export function dashboard(place: Place, functions: readonly FunctionName[]): void {
  const { stack, stage } = place;
  const api = apiMetrics(place);
  const watches: Record<string, Watch> = {
    'http-slow': { metric: api.latency, above: 2000, periods: 5, means: 'one request in a hundred takes over 2 s' },
    'socket-broken': { metric: api.socketErrors, above: 0, periods: 2, means: 'socket messages fail' },
  };
  for (const [id, watch] of Object.entries(watches)) alarm(place, id, watch);
  const errorsOf = ({ id }: FunctionName) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensionsMap: { FunctionName: functionName(stage, id) },
      statistic: 'Sum',
      period: minute,
      label: id,
    });
  const behind = functions.filter(({ trigger }) => trigger !== 'http');
  new Dashboard(stack, 'Dashboard', {
    dashboardName: `moim-${stage.name}`,
    widgets: [
      [
        new GraphWidget({ title: 'HTTP requests', left: [api.requests, api.refused, api.broken] }),
        new GraphWidget({ title: 'HTTP p99, ms', left: [api.latency] }),
      ],
      [
        new GraphWidget({ title: 'Sockets', left: [api.sockets, api.messages, api.socketErrors] }),
        new GraphWidget({ title: 'Failing functions behind the API', left: behind.map(errorsOf) }),
      ],
    ],
  });
}
